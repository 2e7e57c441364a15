# stack azure

terraform {
  required_providers {
    azurerm = {
      version = "4.55.0"
      source  = "azurerm"
    }
  }

  backend "local" {
    path = "../../../terraform.azure.tfstate"
  }
}

provider "azurerm" {
  features {}
}

variable "pool" {
  default = {
    nodeCount = 2
    zones     = null
  }
  type = any
}
