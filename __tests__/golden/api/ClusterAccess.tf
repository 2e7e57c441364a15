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

# stack pods

terraform {
  required_providers {
    azurerm = {
      version = ">= 4.78.0, < 5.0.0"
      source  = "hashicorp/azurerm"
    }
    kubernetes = {
      version = ">= 2.38.0, < 4.0.0"
      source  = "hashicorp/kubernetes"
    }
  }

  backend "local" {
    path = "../../../terraform.azure.pods.tfstate"
  }
}

provider "azurerm" {
  features {}
}

provider "kubernetes" {
  cluster_ca_certificate = base64decode(data.azurerm_kubernetes_cluster.cluster.kube_config[0].cluster_ca_certificate)
  host                   = data.azurerm_kubernetes_cluster.cluster.kube_config[0].host

  exec {
    api_version = "client.authentication.k8s.io/v1"
    args = [
      "get-token",
      "--login",
      "workloadidentity",
      "--server-id",
      "6dae42f8-4368-4678-94ff-3960e28e3630",
    ]
    command = "kubelogin"
  }
}

data "azurerm_kubernetes_cluster" "cluster" {
  name                = "myAKSCluster"
  resource_group_name = "myResourceGroup"
}
