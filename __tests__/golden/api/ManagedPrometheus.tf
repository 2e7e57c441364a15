# stack cluster

resource "azurerm_monitor_data_collection_endpoint" "aks_prometheus_endpoint_B367C207" {
  kind                = "Linux"
  location            = "eastus"
  name                = "MSProm-eastus-myAKSCluster"
  resource_group_name = "myResourceGroup"
}

resource "azurerm_monitor_data_collection_rule" "aks_prometheus_E6A676C5" {
  data_collection_endpoint_id = azurerm_monitor_data_collection_endpoint.aks_prometheus_endpoint_B367C207.id
  kind                        = "Linux"
  location                    = "eastus"
  name                        = "MSProm-eastus-myAKSCluster"
  resource_group_name         = "myResourceGroup"

  data_flow {
    destinations = ["MonitoringAccount1"]
    streams      = ["Microsoft-PrometheusMetrics"]
  }

  data_sources {
    prometheus_forwarder {
      name    = "PrometheusDataSource"
      streams = ["Microsoft-PrometheusMetrics"]
    }
  }

  destinations {
    monitor_account {
      monitor_account_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/myResourceGroup/providers/Microsoft.Monitor/accounts/myWorkspace"
      name               = "MonitoringAccount1"
    }
  }
}

resource "azurerm_monitor_data_collection_rule_association" "aks_prometheus_association_FA142BF0" {
  data_collection_rule_id = azurerm_monitor_data_collection_rule.aks_prometheus_E6A676C5.id
  name                    = "MSProm-eastus-myAKSCluster"
  target_resource_id      = azurerm_kubernetes_cluster.aks.id
}
