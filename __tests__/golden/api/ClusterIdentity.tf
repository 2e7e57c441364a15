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

resource "azurerm_user_assigned_identity" "identity" {
  location            = "eastus"
  name                = "myIdentity"
  resource_group_name = "myResourceGroup"
}

resource "azurerm_role_assignment" "identity_subnet-0_46C679D7" {
  principal_id         = azurerm_user_assigned_identity.identity.principal_id
  role_definition_name = "Network Contributor"
  scope                = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/myResourceGroup/providers/Microsoft.Network/virtualNetworks/myNetwork/subnets/nodes"
}

resource "azurerm_kubernetes_cluster" "aks" {
  dns_prefix          = "myAKSCluster"
  location            = "eastus"
  name                = "myAKSCluster"
  resource_group_name = "myResourceGroup"

  default_node_pool {
    name                        = "default"
    node_count                  = 2
    os_sku                      = "AzureLinux"
    temporary_name_for_rotation = "defaulttmp"
    vm_size                     = "Standard_D4s_v5"
    vnet_subnet_id              = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/myResourceGroup/providers/Microsoft.Network/virtualNetworks/myNetwork/subnets/nodes"

    upgrade_settings {
      max_surge = "10%"
    }
  }

  identity {
    identity_ids = [azurerm_user_assigned_identity.identity.id]
    type         = "UserAssigned"
  }

  depends_on = [azurerm_role_assignment.identity_subnet-0_46C679D7]
}

output "aks_control_plane_fqdn" {
  value = azurerm_kubernetes_cluster.aks.fqdn
}

output "aks_get_credentials" {
  value = "az aks get-credentials --resource-group myResourceGroup --name myAKSCluster"
}
