# stack sandbox

data "kubernetes_nodes" "isolation_nodes-kata_7026290B" {
  metadata {
    labels = {
      "kubernetes.azure.com/kata-vm-isolation" = "true"
      "kubernetes.azure.com/agentpool"         = "kata"
    }
  }
}

resource "kubernetes_manifest" "isolation_denial_B1A1C83E" {
  manifest = {
    apiVersion = "apps/v1"
    kind       = "ReplicaSet"
    metadata = {
      name      = "must-be-denied"
      namespace = "isolation"
    }
    spec = {
      replicas = 1
      selector = {
        matchLabels = {
          "pod-sandboxing/check" = "must-be-denied"
        }
      }
      template = {
        metadata = {
          labels = {
            "pod-sandboxing/check" = "must-be-denied"
          }
        }
        spec = {
          nodeSelector = {
            "pod-sandboxing/check" = "must-be-denied"
          }
          automountServiceAccountToken = false
          securityContext = {
            runAsNonRoot = true
            runAsUser    = 65534
            seccompProfile = {
              type = "RuntimeDefault"
            }
          }
          containers = [
            {
              name  = "must-be-denied"
              image = "mcr.microsoft.com/cbl-mariner/busybox:2.0"
              resources = {
                limits = {
                  memory = "128Mi"
                  cpu    = "250m"
                }
                requests = {
                  memory = "128Mi"
                  cpu    = "250m"
                }
              }
              securityContext = {
                allowPrivilegeEscalation = false
                capabilities = {
                  drop = ["ALL"]
                }
              }
            },
          ]
        }
      }
    }
  }

  timeouts {
    create = "2m"
  }

  wait {
    condition {
      status = "True"
      type   = "ReplicaFailure"
    }
  }

  depends_on = [kubernetes_job_v1.isolation_jobs_kata-small_kata_60B36392]
}

resource "kubernetes_namespace_v1" "isolation_namespace_B5594D7D" {
  metadata {
    labels = {
      "pod-security.kubernetes.io/enforce"         = "restricted"
      "pod-security.kubernetes.io/audit"           = "restricted"
      "pod-security.kubernetes.io/warn"            = "restricted"
      "pod-security.kubernetes.io/enforce-version" = "latest"
      "pod-sandboxing/policy"                      = "sandbox"
    }
    name = "isolation"
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

resource "kubernetes_limit_range_v1" "isolation_namespace_limits_8A135D84" {
  metadata {
    name      = "limits"
    namespace = "isolation"
  }

  spec {
    limit {
      default = {
        memory            = "128Mi"
        cpu               = "250m"
        ephemeral-storage = "1Gi"
      }
      default_request = {
        memory            = "128Mi"
        cpu               = "250m"
        ephemeral-storage = "0"
      }
      max = {
        ephemeral-storage = "8Gi"
      }
      type = "Container"
    }
  }

  depends_on = [kubernetes_namespace_v1.isolation_namespace_B5594D7D]
}

resource "kubernetes_default_service_account_v1" "isolation_namespace_service-account_788BD716" {
  automount_service_account_token = false

  metadata {
    namespace = "isolation"
  }

  depends_on = [kubernetes_namespace_v1.isolation_namespace_B5594D7D]
}

resource "kubernetes_network_policy_v1" "isolation_namespace_default-deny_E433F362" {
  metadata {
    labels = {
      "pod-sandboxing/policy" = "sandbox"
    }
    name      = "default-deny"
    namespace = "isolation"
  }

  spec {
    policy_types = ["Ingress", "Egress"]

    pod_selector {}
  }

  depends_on = [
    kubernetes_namespace_v1.isolation_namespace_B5594D7D,
    kubernetes_limit_range_v1.isolation_namespace_limits_8A135D84,
    kubernetes_default_service_account_v1.isolation_namespace_service-account_788BD716,
  ]
}

resource "kubernetes_job_v1" "isolation_jobs_kata-small_kata_60B36392" {
  wait_for_completion = true

  metadata {
    name      = "kata-small-kata"
    namespace = "isolation"
  }

  timeouts {
    create = "10m"
    update = "10m"
  }

  spec {
    backoff_limit = 0

    template {
      metadata {}

      spec {
        runtime_class_name = "kata-small"
        node_selector = {
          "kubernetes.azure.com/kata-vm-isolation" = "true"
          "kubernetes.azure.com/agentpool"         = "kata"
        }
        restart_policy                  = "Never"
        automount_service_account_token = false

        security_context {
          run_as_non_root = true
          run_as_user     = "65534"

          seccomp_profile {
            type = "RuntimeDefault"
          }
        }

        container {
          name  = "compare-kernels"
          image = "mcr.microsoft.com/cbl-mariner/busybox:2.0"
          command = [
            "/bin/sh",
            "-c",
            "kernel=$(uname -r); node=; if [ -z \"$kernel\" ]; then echo \"FAILED: uname -r prints no kernel in this image: use an image with sh and uname\"; exit 1; fi; for entry in $NODE_KERNELS; do case \"$entry\" in \"$NODE_NAME=\"*) node=$entry;; esac; done; if [ -z \"$node\" ]; then echo \"FAILED: node $NODE_NAME joined after the plan, so that its kernel is not known: deploy again\"; exit 1; fi; if [ \"$node\" = \"$NODE_NAME=$kernel\" ]; then echo \"FAILED: this pod runs on kernel $kernel, which is that of its node $NODE_NAME: it is not sandboxed\"; exit 1; fi; echo \"OK: this pod runs on kernel $kernel, its node has $node\"",
          ]

          env {
            name  = "NODE_KERNELS"
            value = join(" ", sort([for n in data.kubernetes_nodes.isolation_nodes-kata_7026290B.nodes : join("=", [n.metadata[0].name, n.status[0].node_info[0].kernel_version])]))
          }

          env {
            name  = "KERNELS"
            value = join(" ", sort(distinct([for n in data.kubernetes_nodes.isolation_nodes-kata_7026290B.nodes : n.status[0].node_info[0].kernel_version])))
          }

          env {
            name = "NODE_NAME"

            value_from {
              field_ref {
                field_path = "spec.nodeName"
              }
            }
          }

          resources {
            limits = {
              memory = "128Mi"
              cpu    = "250m"
            }
            requests = {
              memory = "128Mi"
              cpu    = "250m"
            }
          }

          security_context {
            run_as_non_root            = true
            allow_privilege_escalation = false
            read_only_root_filesystem  = true

            capabilities {
              drop = ["ALL"]
            }
          }
        }
      }
    }
  }

  lifecycle {
    ignore_changes = [spec[0].template[0].spec[0].container[0].env[0].value]

    precondition {
      condition     = length(data.kubernetes_nodes.isolation_nodes-kata_7026290B.nodes) > 0
      error_message = "node pool \"kata\" has no node with the label kubernetes.azure.com/kata-vm-isolation, so that isolation cannot be proved on it: scale it up and deploy again"
    }
  }

  depends_on = [
    kubernetes_namespace_v1.isolation_namespace_B5594D7D,
    kubernetes_limit_range_v1.isolation_namespace_limits_8A135D84,
    kubernetes_default_service_account_v1.isolation_namespace_service-account_788BD716,
    kubernetes_network_policy_v1.isolation_namespace_default-deny_E433F362,
    kubernetes_manifest.kata-small,
  ]
}
