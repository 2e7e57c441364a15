terraform {
  backend "azurerm" {
    use_azuread_auth     = true
    storage_account_name = "exampleterraformstate"
    container_name       = "tfstate"
    key                  = "cluster.tfstate"
  }

  required_providers {
    azurerm = {
      version = ">= 4.78.0, < 5.0.0"
      source  = "hashicorp/azurerm"
    }
  }
}

provider "azurerm" {
  subscription_id = "00000000-0000-0000-0000-000000000000"

  features {}
}

resource "azurerm_resource_group" "group" {
  location = "westeurope"
  name     = "production"
}

resource "azurerm_virtual_network" "network" {
  address_space       = ["10.1.0.0/16"]
  location            = "westeurope"
  name                = "aks"
  resource_group_name = azurerm_resource_group.group.name
}

resource "azurerm_subnet" "nodes" {
  address_prefixes     = ["10.1.0.0/20"]
  name                 = "nodes"
  resource_group_name  = azurerm_resource_group.group.name
  virtual_network_name = azurerm_virtual_network.network.name
}

resource "azurerm_log_analytics_workspace" "logs" {
  location            = "westeurope"
  name                = "aks-logs"
  resource_group_name = azurerm_resource_group.group.name
  retention_in_days   = 90
}

resource "azurerm_monitor_workspace" "metrics" {
  location            = "westeurope"
  name                = "aks-metrics"
  resource_group_name = azurerm_resource_group.group.name
}

resource "azurerm_user_assigned_identity" "identity" {
  location            = "westeurope"
  name                = "aks"
  resource_group_name = azurerm_resource_group.group.name
}

resource "azurerm_user_assigned_identity" "aks_app_3F8406E5" {
  location            = "westeurope"
  name                = "untrusted-app"
  resource_group_name = azurerm_resource_group.group.name
}

resource "azurerm_role_assignment" "identity_subnet-0_46C679D7" {
  principal_id         = azurerm_user_assigned_identity.identity.principal_id
  role_definition_name = "Network Contributor"
  scope                = azurerm_subnet.nodes.id
}

resource "azurerm_role_assignment" "aks_registry_23FDAF8B" {
  principal_id                     = azurerm_kubernetes_cluster.aks.kubelet_identity[0].object_id
  role_definition_name             = "AcrPull"
  scope                            = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shared/providers/Microsoft.ContainerRegistry/registries/example"
  skip_service_principal_aad_check = true
}

resource "azurerm_kubernetes_cluster" "aks" {
  automatic_upgrade_channel         = "patch"
  azure_policy_enabled              = true
  dns_prefix                        = "production"
  image_cleaner_enabled             = true
  image_cleaner_interval_hours      = 120
  kubernetes_version                = "1.36"
  local_account_disabled            = true
  location                          = "westeurope"
  name                              = "production"
  node_os_upgrade_channel           = "NodeImage"
  oidc_issuer_enabled               = true
  private_cluster_enabled           = true
  resource_group_name               = azurerm_resource_group.group.name
  role_based_access_control_enabled = true
  run_command_enabled               = false
  sku_tier                          = "Standard"
  workload_identity_enabled         = true

  azure_active_directory_role_based_access_control {
    admin_group_object_ids = ["11111111-1111-1111-1111-111111111111"]
    azure_rbac_enabled     = true
  }

  default_node_pool {
    auto_scaling_enabled         = true
    host_encryption_enabled      = true
    max_count                    = 5
    max_pods                     = 50
    min_count                    = 3
    name                         = "system"
    only_critical_addons_enabled = true
    os_disk_type                 = "Ephemeral"
    os_sku                       = "AzureLinux"
    temporary_name_for_rotation  = "systemtmp"
    vm_size                      = "Standard_D4ds_v5"
    vnet_subnet_id               = azurerm_subnet.nodes.id
    zones                        = ["1", "2", "3"]

    upgrade_settings {
      max_surge = "10%"
    }
  }

  identity {
    identity_ids = [azurerm_user_assigned_identity.identity.id]
    type         = "UserAssigned"
  }

  key_vault_secrets_provider {
    secret_rotation_enabled = true
  }

  monitor_metrics {}

  network_profile {
    network_data_plane  = "cilium"
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    network_policy      = "cilium"
  }

  oms_agent {
    log_analytics_workspace_id      = azurerm_log_analytics_workspace.logs.id
    msi_auth_for_monitoring_enabled = true
  }

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [azurerm_role_assignment.identity_subnet-0_46C679D7]
}

resource "terraform_data" "aks_kata_runtime_37854C3D" {
  triggers_replace = {
    os_sku           = "AzureLinux"
    workload_runtime = "KataVmIsolation"
  }
}

resource "azurerm_kubernetes_cluster_node_pool" "aks_kata_49693DD2" {
  auto_scaling_enabled        = true
  host_encryption_enabled     = true
  kubernetes_cluster_id       = azurerm_kubernetes_cluster.aks.id
  max_count                   = 10
  max_pods                    = 50
  min_count                   = 1
  name                        = "kata"
  node_taints                 = ["dedicated=pod-sandboxing:NoSchedule"]
  os_sku                      = "AzureLinux"
  temporary_name_for_rotation = "katatmp"
  vm_size                     = "Standard_D8s_v5"
  vnet_subnet_id              = azurerm_subnet.nodes.id
  workload_runtime            = "KataVmIsolation"
  zones                       = ["1", "2", "3"]

  upgrade_settings {
    max_surge = "10%"
  }

  lifecycle {
    replace_triggered_by = [terraform_data.aks_kata_runtime_37854C3D]
  }
}

resource "azurerm_federated_identity_credential" "aks_app_credential_EF5EAD77" {
  name                      = "untrusted-app"
  audience                  = ["api://AzureADTokenExchange"]
  issuer                    = azurerm_kubernetes_cluster.aks.oidc_issuer_url
  subject                   = "system:serviceaccount:untrusted:untrusted-app"
  user_assigned_identity_id = azurerm_user_assigned_identity.aks_app_3F8406E5.id
}

resource "azurerm_monitor_diagnostic_setting" "aks_audit_D5D27E1C" {
  log_analytics_workspace_id = azurerm_log_analytics_workspace.logs.id
  name                       = "audit"
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

resource "azurerm_monitor_data_collection_rule" "aks_insights_E089BBA3" {
  kind                = "Linux"
  location            = "westeurope"
  name                = "MSCI-westeurope-production"
  resource_group_name = azurerm_resource_group.group.name

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
      workspace_resource_id = azurerm_log_analytics_workspace.logs.id
    }
  }
}

resource "azurerm_monitor_data_collection_rule" "aks_metrics_A9308A6D" {
  data_collection_endpoint_id = azurerm_monitor_data_collection_endpoint.aks_metrics_endpoint_0CD7BCDF.id
  kind                        = "Linux"
  location                    = "westeurope"
  name                        = "MSProm-westeurope-production"
  resource_group_name         = azurerm_resource_group.group.name

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
      monitor_account_id = azurerm_monitor_workspace.metrics.id
      name               = "MonitoringAccount1"
    }
  }
}

resource "azurerm_monitor_data_collection_rule_association" "aks_insights_association_67314E45" {
  data_collection_rule_id = azurerm_monitor_data_collection_rule.aks_insights_E089BBA3.id
  name                    = "ContainerInsightsExtension"
  target_resource_id      = azurerm_kubernetes_cluster.aks.id
}

resource "azurerm_monitor_data_collection_rule_association" "aks_metrics_association_FD14369B" {
  data_collection_rule_id = azurerm_monitor_data_collection_rule.aks_metrics_A9308A6D.id
  name                    = "MSProm-westeurope-production"
  target_resource_id      = azurerm_kubernetes_cluster.aks.id
}

resource "azurerm_monitor_data_collection_endpoint" "aks_metrics_endpoint_0CD7BCDF" {
  kind                = "Linux"
  location            = "westeurope"
  name                = "MSProm-westeurope-production"
  resource_group_name = azurerm_resource_group.group.name
}

resource "azurerm_management_lock" "lock" {
  lock_level = "CanNotDelete"
  name       = "keep"
  scope      = azurerm_kubernetes_cluster.aks.id
}

output "aks_control_plane_fqdn" {
  value = azurerm_kubernetes_cluster.aks.private_fqdn
}

output "aks_get_credentials" {
  value = "az aks get-credentials --resource-group production --name production --subscription 00000000-0000-0000-0000-000000000000"
}
