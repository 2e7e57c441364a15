# stack cluster

resource "azurerm_kubernetes_cluster_deployment_safeguard" "aks_safeguard_99A6896E" {
  kubernetes_cluster_id        = azurerm_kubernetes_cluster.aks.id
  level                        = "Warn"
  pod_security_standards_level = "Baseline"
}
