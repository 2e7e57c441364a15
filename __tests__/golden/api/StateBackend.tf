# stack azure

terraform {
  cloud {
    organization = "my-organization"

    workspaces {
      name = "azure"
    }
  }

  required_providers {
    azurerm = {
      version = "4.55.0"
      source  = "azurerm"
    }
  }
}

provider "azurerm" {
  features {}
}
