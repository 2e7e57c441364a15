# stack cluster

resource "terraform_data" "aks_untrusted_runtime_C523A447" {
  triggers_replace = {
    os_sku           = "AzureLinux"
    workload_runtime = "KataVmIsolation"
  }
}

resource "azurerm_kubernetes_cluster_node_pool" "aks_untrusted_94969FD4" {
  auto_scaling_enabled        = true
  kubernetes_cluster_id       = azurerm_kubernetes_cluster.aks.id
  max_count                   = 10
  min_count                   = 1
  name                        = "untrusted"
  node_taints                 = ["dedicated=pod-sandboxing:NoSchedule"]
  os_sku                      = "AzureLinux"
  temporary_name_for_rotation = "untrustedtmp"
  vm_size                     = "Standard_D8s_v5"
  workload_runtime            = "KataVmIsolation"

  upgrade_settings {
    max_surge = "10%"
  }

  lifecycle {
    replace_triggered_by = [terraform_data.aks_untrusted_runtime_C523A447]
  }
}
