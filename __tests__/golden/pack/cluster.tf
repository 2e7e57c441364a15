terraform {
  required_providers {
    azurerm = {
      version = ">= 4.78.0, < 5.0.0"
      source  = "hashicorp/azurerm"
    }
  }

  backend "local" {
    path = "../../../terraform.cluster.tfstate"
  }
}

provider "azurerm" {
  features {}
}

resource "azurerm_resource_group" "group" {
  location = "eastus"
  name     = "pods"
}

resource "azurerm_kubernetes_cluster" "aks" {
  dns_prefix          = "pods"
  location            = "eastus"
  name                = "pods"
  resource_group_name = azurerm_resource_group.group.name

  default_node_pool {
    name                        = "default"
    node_count                  = 2
    os_sku                      = "AzureLinux"
    temporary_name_for_rotation = "defaulttmp"
    vm_size                     = "Standard_D2s_v5"

    upgrade_settings {
      max_surge = "10%"
    }
  }

  identity {
    type = "SystemAssigned"
  }
}

resource "terraform_data" "aks_kata_runtime_37854C3D" {
  triggers_replace = {
    os_sku           = "AzureLinux"
    workload_runtime = "KataVmIsolation"
  }
}

resource "azurerm_kubernetes_cluster_node_pool" "aks_kata_49693DD2" {
  kubernetes_cluster_id       = azurerm_kubernetes_cluster.aks.id
  name                        = "kata"
  node_count                  = 1
  os_sku                      = "AzureLinux"
  temporary_name_for_rotation = "katatmp"
  vm_size                     = "Standard_D4s_v5"
  workload_runtime            = "KataVmIsolation"

  upgrade_settings {
    max_surge = "10%"
  }

  lifecycle {
    replace_triggered_by = [terraform_data.aks_kata_runtime_37854C3D]
  }
}

output "aks_control_plane_fqdn" {
  value = azurerm_kubernetes_cluster.aks.fqdn
}

output "aks_get_credentials" {
  value = "az aks get-credentials --resource-group pods --name pods"
}
