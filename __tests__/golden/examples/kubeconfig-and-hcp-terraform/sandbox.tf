terraform {
  required_providers {
    kubernetes = {
      version = ">= 2.38.0, < 4.0.0"
      source  = "hashicorp/kubernetes"
    }
  }

  cloud {
    organization = "example"

    workspaces {
      name = "untrusted-pods-sandbox"
    }
  }
}

provider "kubernetes" {
  config_context = "myAKSCluster"
  config_path    = "~/.kube/config"
}

resource "kubernetes_runtime_class_v1" "kata" {
  handler = "kata"

  metadata {
    name = "kata"
  }
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
