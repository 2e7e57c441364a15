# stack cluster

resource "terraform_data" "aks_apps_runtime_A72E5829" {
  triggers_replace = {
    os_sku           = "AzureLinux"
    workload_runtime = "OCIContainer"
  }
}

resource "azurerm_kubernetes_cluster_node_pool" "aks_apps_22F9F771" {
  kubernetes_cluster_id       = azurerm_kubernetes_cluster.aks.id
  name                        = "apps"
  node_count                  = 2
  os_sku                      = "AzureLinux"
  temporary_name_for_rotation = "appstmp"
  vm_size                     = "Standard_D4s_v5"
  zones                       = ["1", "2", "3"]

  upgrade_settings {
    max_surge = "10%"
  }

  lifecycle {
    replace_triggered_by = [terraform_data.aks_apps_runtime_A72E5829]
  }
}
