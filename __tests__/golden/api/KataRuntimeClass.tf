# stack sandbox

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
        memory = "512Mi"
        cpu    = "250m"
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
