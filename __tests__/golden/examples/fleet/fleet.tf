terraform {
  backend "azurerm" {
    use_azuread_auth     = true
    storage_account_name = "exampleterraformstate"
    container_name       = "tfstate"
    key                  = "fleet.tfstate"
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
  name     = "sandboxes-fleet"
}

resource "azurerm_kubernetes_fleet_manager" "fleet" {
  location            = azurerm_resource_group.group.location
  name                = "sandboxes"
  resource_group_name = azurerm_resource_group.group.name
}

resource "azurerm_kubernetes_fleet_update_strategy" "stages" {
  kubernetes_fleet_manager_id = azurerm_kubernetes_fleet_manager.fleet.id
  name                        = "stages"

  stage {
    after_stage_wait_in_seconds = 86400
    name                        = "staging"

    group {
      name = "staging"
    }
  }

  stage {
    after_stage_wait_in_seconds = 86400
    name                        = "production"

    group {
      name = "production"
    }
  }
}
