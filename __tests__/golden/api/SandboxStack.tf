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
    path = "../../../terraform.cluster.pods.tfstate"
  }
}

provider "azurerm" {
  features {}
}

provider "kubernetes" {
  client_certificate     = base64decode(data.azurerm_kubernetes_cluster.cluster.kube_config[0].client_certificate)
  client_key             = base64decode(data.azurerm_kubernetes_cluster.cluster.kube_config[0].client_key)
  cluster_ca_certificate = base64decode(data.azurerm_kubernetes_cluster.cluster.kube_config[0].cluster_ca_certificate)
  host                   = data.azurerm_kubernetes_cluster.cluster.kube_config[0].host
}

data "azurerm_kubernetes_cluster" "cluster" {
  name                = "myAKSCluster"
  resource_group_name = "myResourceGroup"
}

resource "kubernetes_manifest" "kata-small" {
  manifest = {
    apiVersion = "node.k8s.io/v1"
    kind       = "RuntimeClass"
    metadata = {
      name = "kata-small"
    }
    handler = "kata"
    overhead = {
      podFixed = {
        memory = "128Mi"
      }
    }
    scheduling = {
      nodeSelector = {
        "kubernetes.azure.com/kata-vm-isolation" = "true"
      }
    }
  }

  field_manager {
    force_conflicts = true
  }
}
