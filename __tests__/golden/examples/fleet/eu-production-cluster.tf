terraform {
  backend "azurerm" {
    use_azuread_auth     = true
    storage_account_name = "exampleterraformstate"
    container_name       = "tfstate"
    key                  = "eu-production-cluster.tfstate"
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
  name     = "eu-production"
}

resource "azurerm_kubernetes_cluster" "aks" {
  dns_prefix             = "eu-production"
  local_account_disabled = true
  location               = "westeurope"
  name                   = "eu-production"
  resource_group_name    = azurerm_resource_group.group.name

  azure_active_directory_role_based_access_control {
    admin_group_object_ids = ["11111111-1111-1111-1111-111111111111"]
    azure_rbac_enabled     = true
  }

  default_node_pool {
    name                         = "system"
    node_count                   = 2
    only_critical_addons_enabled = true
    os_sku                       = "AzureLinux"
    temporary_name_for_rotation  = "systemtmp"
    vm_size                      = "Standard_D2s_v5"

    upgrade_settings {
      max_surge = "10%"
    }
  }

  identity {
    type = "SystemAssigned"
  }

  network_profile {
    network_data_plane  = "cilium"
    network_plugin      = "azure"
    network_plugin_mode = "overlay"
    network_policy      = "cilium"
  }
}

resource "terraform_data" "aks_kata_runtime_37854C3D" {
  triggers_replace = {
    os_sku           = "AzureLinux"
    workload_runtime = "KataVmIsolation"
  }
}

resource "azurerm_kubernetes_cluster_node_pool" "aks_kata_49693DD2" {
  auto_scaling_enabled        = true
  kubernetes_cluster_id       = azurerm_kubernetes_cluster.aks.id
  max_count                   = 20
  min_count                   = 1
  name                        = "kata"
  os_sku                      = "AzureLinux"
  temporary_name_for_rotation = "katatmp"
  vm_size                     = "Standard_D8s_v5"
  workload_runtime            = "KataVmIsolation"

  upgrade_settings {
    max_surge = "10%"
  }

  lifecycle {
    replace_triggered_by = [terraform_data.aks_kata_runtime_37854C3D]
  }
}

resource "azurerm_kubernetes_fleet_member" "member" {
  group                 = "production"
  kubernetes_cluster_id = azurerm_kubernetes_cluster.aks.id
  kubernetes_fleet_id   = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/sandboxes-fleet/providers/Microsoft.ContainerService/fleets/sandboxes"
  name                  = "eu-production"
}

output "aks_control_plane_fqdn" {
  value = azurerm_kubernetes_cluster.aks.fqdn
}

output "aks_get_credentials" {
  value = "az aks get-credentials --resource-group eu-production --name eu-production --subscription 00000000-0000-0000-0000-000000000000"
}
