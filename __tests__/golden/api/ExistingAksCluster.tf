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
  subscription_id = "00000000-0000-0000-0000-000000000000"

  features {}
}

resource "terraform_data" "aks_kata_runtime_37854C3D" {
  triggers_replace = {
    os_sku           = "AzureLinux"
    workload_runtime = "KataVmIsolation"
  }
}

resource "azurerm_kubernetes_cluster_node_pool" "aks_kata_49693DD2" {
  kubernetes_cluster_id       = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/myResourceGroup/providers/Microsoft.ContainerService/managedClusters/myAKSCluster"
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
