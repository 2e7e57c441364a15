# stack azure

terraform {
  required_providers {
    azurerm = {
      version = ">= 4.78.0, < 5.0.0"
      source  = "hashicorp/azurerm"
    }
  }

  backend "local" {
    path = "../../../terraform.azure.tfstate"
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_kubernetes_cluster" "aks" {
  automatic_upgrade_channel         = "patch"
  azure_policy_enabled              = true
  dns_prefix                        = "myAKSCluster"
  image_cleaner_enabled             = true
  image_cleaner_interval_hours      = 120
  local_account_disabled            = true
  location                          = "eastus"
  name                              = "myAKSCluster"
  node_os_upgrade_channel           = "NodeImage"
  oidc_issuer_enabled               = true
  private_cluster_enabled           = true
  resource_group_name               = "myResourceGroup"
  role_based_access_control_enabled = true
  run_command_enabled               = false
  sku_tier                          = "Standard"
  workload_identity_enabled         = true

  azure_active_directory_role_based_access_control {
    admin_group_object_ids = ["00000000-0000-0000-0000-000000000000"]
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
    zones                        = ["1", "2", "3"]

    upgrade_settings {
      max_surge = "10%"
    }
  }

  identity {
    type = "SystemAssigned"
  }

  key_vault_secrets_provider {
    secret_rotation_enabled = true
  }

  network_profile {
    network_data_plane  = "cilium"
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    network_policy      = "cilium"
  }

  oms_agent {
    log_analytics_workspace_id      = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/myResourceGroup/providers/Microsoft.OperationalInsights/workspaces/myWorkspace"
    msi_auth_for_monitoring_enabled = true
  }
}

output "aks_control_plane_fqdn" {
  value = azurerm_kubernetes_cluster.aks.private_fqdn
}

output "aks_get_credentials" {
  value = "az aks get-credentials --resource-group myResourceGroup --name myAKSCluster"
}
