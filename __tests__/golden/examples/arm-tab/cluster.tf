terraform {
  required_providers {
    azurerm = {
      version = ">= 3.105.0, < 4.0.0"
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

variable "clusterName" {
  default     = "marinerakscluster"
  description = "The name of the cluster."
  type        = string
}

variable "location" {
  default     = ""
  description = "The region of the cluster; empty for the resource group's."
  type        = string
}

variable "dnsPrefix" {
  default     = ""
  description = "DNS prefix of the API server; empty for the cluster's name."
  type        = string
}

variable "osDiskSizeGB" {
  default     = 0
  description = "Size of the nodes' disks in GB; 0 is the default of the VM size."
  type        = number

  validation {
    error_message = "osDiskSizeGB has to be a whole number from 0 to 1023."
    condition     = var.osDiskSizeGB >= 0 && var.osDiskSizeGB <= 1023 && floor(var.osDiskSizeGB) == var.osDiskSizeGB
  }
}

variable "agentCount" {
  default     = 3
  description = "The number of nodes."
  type        = number

  validation {
    error_message = "agentCount has to be a whole number from 1 to 50."
    condition     = var.agentCount >= 1 && var.agentCount <= 50 && floor(var.agentCount) == var.agentCount
  }
}

variable "agentVMSize" {
  default     = "Standard_DS2_v2"
  description = "The VM size of the nodes."
  type        = string
}

variable "linuxAdminUsername" {
  description = "User name of the administrator of the nodes."
  type        = string
}

variable "sshRSAPublicKey" {
  description = "SSH public key of the administrator, as in 'ssh-rsa AAAAB…'."
  type        = string
}

variable "osType" {
  default     = "Linux"
  description = "The operating system of the nodes."
  type        = string

  validation {
    error_message = "osType has to be Linux."
    condition     = contains(["Linux"], var.osType)
  }
}

variable "osSKU" {
  default     = "mariner"
  description = "The Linux of the nodes."
  type        = string

  validation {
    error_message = "osSKU has to be mariner or Ubuntu."
    condition     = contains(["mariner", "Ubuntu"], var.osSKU)
  }
}

data "azurerm_resource_group" "group" {
  name = "myResourceGroup"
}

resource "azurerm_kubernetes_cluster" "aks" {
  dns_prefix              = var.dnsPrefix == "" ? var.clusterName : var.dnsPrefix
  location                = var.location == "" ? data.azurerm_resource_group.group.location : var.location
  name                    = var.clusterName
  node_os_channel_upgrade = "NodeImage"
  resource_group_name     = data.azurerm_resource_group.group.name

  default_node_pool {
    name                        = "agentpool"
    node_count                  = var.agentCount
    os_disk_size_gb             = var.osDiskSizeGB == 0 ? null : var.osDiskSizeGB
    os_disk_type                = "Managed"
    os_sku                      = var.osSKU == "mariner" ? "CBLMariner" : var.osSKU
    temporary_name_for_rotation = "agentpooltmp"
    vm_size                     = var.agentVMSize

    upgrade_settings {
      max_surge = "10%"
    }
  }

  identity {
    type = "SystemAssigned"
  }

  linux_profile {
    admin_username = var.linuxAdminUsername

    ssh_key {
      key_data = var.sshRSAPublicKey
    }
  }
}

output "aks_control_plane_fqdn" {
  value = azurerm_kubernetes_cluster.aks.fqdn
}

output "aks_get_credentials" {
  value = "az aks get-credentials --resource-group myResourceGroup --name ${var.clusterName}"
}

output "controlPlaneFQDN" {
  value = azurerm_kubernetes_cluster.aks.fqdn
}
