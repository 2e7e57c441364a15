# stack sandbox

resource "kubernetes_namespace_v1" "tenant" {
  metadata {
    labels = {
      "pod-security.kubernetes.io/enforce"         = "restricted"
      "pod-security.kubernetes.io/audit"           = "restricted"
      "pod-security.kubernetes.io/warn"            = "restricted"
      "pod-security.kubernetes.io/enforce-version" = "latest"
      "pod-sandboxing/policy"                      = "sandbox"
    }
    name = "tenant"
  }

  timeouts {
    delete = "15m"
  }

  depends_on = [
    kubernetes_manifest.policy,
    kubernetes_manifest.policy_binding_7EB4672E,
    kubernetes_manifest.policy_default-deny_1C7C731C,
    kubernetes_manifest.policy_default-deny_binding_F18A34E4,
    kubernetes_manifest.policy_deletions_2F6E1586,
    kubernetes_manifest.policy_deletions_binding_AB6AC293,
    kubernetes_manifest.policy_network-policies_FFF89614,
    kubernetes_manifest.policy_network-policies_binding_681D5E8A,
    kubernetes_manifest.policy_services_6D655B23,
    kubernetes_manifest.policy_services_binding_883BD4B2,
  ]
}

resource "kubernetes_limit_range_v1" "tenant_limits_8945C37C" {
  metadata {
    name      = "limits"
    namespace = "tenant"
  }

  spec {
    limit {
      default = {
        memory            = "256Mi"
        cpu               = "250m"
        ephemeral-storage = "1Gi"
      }
      default_request = {
        memory            = "256Mi"
        cpu               = "250m"
        ephemeral-storage = "0"
      }
      max = {
        ephemeral-storage = "8Gi"
      }
      type = "Container"
    }
  }

  depends_on = [kubernetes_namespace_v1.tenant]
}

resource "kubernetes_default_service_account_v1" "tenant_service-account_7B453502" {
  automount_service_account_token = false

  metadata {
    namespace = "tenant"
  }

  depends_on = [kubernetes_namespace_v1.tenant]
}

resource "kubernetes_resource_quota_v1" "tenant_pod-count_5ABA3117" {
  metadata {
    name      = "pod-count"
    namespace = "tenant"
  }

  spec {
    hard = {
      pods = "1M"
    }
  }

  depends_on = [kubernetes_namespace_v1.tenant]
}

resource "kubernetes_resource_quota_v1" "tenant_quota_7F791342" {
  metadata {
    name      = "quota"
    namespace = "tenant"
  }

  spec {
    hard = {
      pods            = "20"
      "limits.memory" = "16Gi"
    }
  }

  depends_on = [kubernetes_namespace_v1.tenant]
}

resource "kubernetes_network_policy_v1" "tenant_default-deny_006E2A99" {
  metadata {
    labels = {
      "pod-sandboxing/policy" = "sandbox"
    }
    name      = "default-deny"
    namespace = "tenant"
  }

  spec {
    policy_types = ["Ingress", "Egress"]

    pod_selector {}
  }

  depends_on = [
    kubernetes_namespace_v1.tenant,
    kubernetes_limit_range_v1.tenant_limits_8945C37C,
    kubernetes_default_service_account_v1.tenant_service-account_7B453502,
    kubernetes_resource_quota_v1.tenant_pod-count_5ABA3117,
    kubernetes_network_policy_v1.tenant_dns_8AF105C4,
    kubernetes_resource_quota_v1.tenant_quota_7F791342,
    kubernetes_network_policy_v1.tenant_egress_999B6BE7,
    kubernetes_network_policy_v1.tenant_ingress_6ADAC58E,
  ]
}

resource "kubernetes_network_policy_v1" "tenant_dns_8AF105C4" {
  metadata {
    labels = {
      "pod-sandboxing/policy" = "sandbox"
    }
    name      = "dns"
    namespace = "tenant"
  }

  spec {
    policy_types = ["Egress"]

    egress {
      ports {
        port     = "53"
        protocol = "UDP"
      }

      ports {
        port     = "53"
        protocol = "TCP"
      }

      to {
        namespace_selector {
          match_labels = {
            "kubernetes.io/metadata.name" = "kube-system"
          }
        }

        pod_selector {
          match_labels = {
            k8s-app = "kube-dns"
          }
        }
      }

      to {
        ip_block {
          cidr = "169.254.10.10/32"
        }
      }

      to {
        ip_block {
          cidr = "169.254.10.11/32"
        }
      }
    }

    pod_selector {}
  }

  depends_on = [kubernetes_namespace_v1.tenant]
}

resource "kubernetes_network_policy_v1" "tenant_egress_999B6BE7" {
  metadata {
    labels = {
      "pod-sandboxing/policy" = "sandbox"
    }
    name      = "egress"
    namespace = "tenant"
  }

  spec {
    policy_types = ["Egress"]

    egress {
      ports {
        port     = "443"
        protocol = "TCP"
      }

      to {
        ip_block {
          cidr = "10.0.0.0/16"
        }
      }
    }

    pod_selector {}
  }

  depends_on = [kubernetes_namespace_v1.tenant]
}

resource "kubernetes_network_policy_v1" "tenant_ingress_6ADAC58E" {
  metadata {
    labels = {
      "pod-sandboxing/policy" = "sandbox"
    }
    name      = "ingress"
    namespace = "tenant"
  }

  spec {
    policy_types = ["Ingress"]

    ingress {
      from {
        namespace_selector {
          match_labels = {
            "kubernetes.io/metadata.name" = "gateway"
          }
        }
      }
    }

    pod_selector {}
  }

  depends_on = [kubernetes_namespace_v1.tenant]
}
