# stack cluster

resource "azurerm_monitor_data_collection_rule" "aks_insights_E089BBA3" {
  kind                = "Linux"
  location            = "eastus"
  name                = "MSCI-eastus-myAKSCluster"
  resource_group_name = "myResourceGroup"

  data_flow {
    destinations = ["ciworkspace"]
    streams      = ["Microsoft-ContainerInsights-Group-Default"]
  }

  data_sources {
    extension {
      extension_json = "{\"dataCollectionSettings\":{\"interval\":\"1m\",\"namespaceFilteringMode\":\"Off\",\"enableContainerLogV2\":true}}"
      extension_name = "ContainerInsights"
      name           = "ContainerInsightsExtension"
      streams        = ["Microsoft-ContainerInsights-Group-Default"]
    }
  }

  destinations {
    log_analytics {
      name                  = "ciworkspace"
      workspace_resource_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/myResourceGroup/providers/Microsoft.OperationalInsights/workspaces/myWorkspace"
    }
  }
}

resource "azurerm_monitor_data_collection_rule_association" "aks_insights_association_67314E45" {
  data_collection_rule_id = azurerm_monitor_data_collection_rule.aks_insights_E089BBA3.id
  name                    = "ContainerInsightsExtension"
  target_resource_id      = azurerm_kubernetes_cluster.aks.id
}
