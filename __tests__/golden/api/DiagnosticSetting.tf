# stack cluster

resource "azurerm_monitor_diagnostic_setting" "aks_logs_BE030C00" {
  log_analytics_workspace_id = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/myResourceGroup/providers/Microsoft.OperationalInsights/workspaces/myWorkspace"
  name                       = "logs"
  target_resource_id         = azurerm_kubernetes_cluster.aks.id

  enabled_log {
    category = "kube-audit-admin"
  }

  enabled_log {
    category = "guard"
  }

  enabled_log {
    category = "kube-controller-manager"
  }

  enabled_log {
    category = "cluster-autoscaler"
  }
}
