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

  backend "azurerm" {
    use_azuread_auth     = true
    resource_group_name  = "terraform-state"
    storage_account_name = "exampleterraformstate"
    container_name       = "tfstate"
    key                  = "untrusted-pods/sandbox.tfstate"
  }
}

provider "azurerm" {
  subscription_id = "00000000-0000-0000-0000-000000000000"

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
      "azurecli",
      "--server-id",
      "6dae42f8-4368-4678-94ff-3960e28e3630",
    ]
    command = "kubelogin"
  }
}

data "azurerm_kubernetes_cluster" "cluster" {
  name                = "untrusted-pods"
  resource_group_name = "untrusted-pods"
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
      tolerations = [
        {
          key      = "dedicated"
          operator = "Equal"
          value    = "pod-sandboxing"
          effect   = "NoSchedule"
        },
      ]
    }
  }
}

resource "kubernetes_manifest" "kata-large" {
  manifest = {
    apiVersion = "node.k8s.io/v1"
    kind       = "RuntimeClass"
    metadata = {
      name = "kata-large"
    }
    handler = "kata"
    overhead = {
      podFixed = {
        memory = "640Mi"
      }
    }
    scheduling = {
      nodeSelector = {
        "kubernetes.azure.com/kata-vm-isolation" = "true"
      }
      tolerations = [
        {
          key      = "dedicated"
          operator = "Equal"
          value    = "pod-sandboxing"
          effect   = "NoSchedule"
        },
      ]
    }
  }
}
