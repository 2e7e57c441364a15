# stack cluster

terraform {
  backend "azurerm" {
    use_azuread_auth     = true
    storage_account_name = "myaccount"
    container_name       = "state"
    key                  = "cluster.tfstate"
  }

  required_providers {
    azurerm = {
      version = "4.55.0"
      source  = "azurerm"
    }
  }
}

provider "azurerm" {
  subscription_id = "00000000-0000-0000-0000-000000000000"

  features {}
}
