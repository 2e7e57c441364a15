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
    path = "../../../terraform.cluster.sandbox.tfstate"
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

data "kubernetes_nodes" "isolation_nodes-kata_7026290B" {
  metadata {
    labels = {
      "kubernetes.azure.com/kata-vm-isolation" = "true"
      "kubernetes.azure.com/agentpool"         = "kata"
    }
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
        memory = "512Mi"
      }
    }
    scheduling = {
      nodeSelector = {
        "kubernetes.azure.com/kata-vm-isolation" = "true"
      }
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

  depends_on = [
    kubernetes_job_v1.isolation_jobs_kata-small_kata_60B36392,
    kubernetes_job_v1.isolation_jobs_kata-large_kata_A39576EC,
  ]
}

resource "kubernetes_manifest" "policy" {
  manifest = {
    apiVersion = "admissionregistration.k8s.io/v1"
    kind       = "ValidatingAdmissionPolicy"
    metadata = {
      name = "sandbox"
    }
    spec = {
      failurePolicy = "Fail"
      matchConstraints = {
        resourceRules = [
          {
            apiGroups   = [""]
            apiVersions = ["v1"]
            operations  = ["CREATE"]
            resources   = ["pods"]
          },
        ]
      }
      variables = [
        {
          name       = "runtimeClass"
          expression = "has(object.spec.runtimeClassName) ? object.spec.runtimeClassName : ''"
        },
        {
          name       = "podMemory"
          expression = "{'kata-small': '1Gi', 'kata-large': '8Gi'}"
        },
        {
          name       = "podMemoryBytes"
          expression = "{'kata-small': 1073741824.0, 'kata-large': 8589934592.0}"
        },
        {
          name       = "isSized"
          expression = "variables.runtimeClass in variables.podMemoryBytes"
        },
        {
          name       = "hasMemoryLimits"
          expression = "(!has(object.spec.containers) || object.spec.containers.all(c, has(c.resources) && has(c.resources.limits) && 'memory' in c.resources.limits)) && (!has(object.spec.initContainers) || object.spec.initContainers.all(c, has(c.resources) && has(c.resources.limits) && 'memory' in c.resources.limits))"
        },
      ]
      validations = [
        {
          expression = "variables.runtimeClass in ['kata-small', 'kata-large']"
          message    = "pods of this namespace need a kernel of their own: write spec.runtimeClassName: kata-small or kata-large"
        },
        {
          expression = "!has(object.spec.hostNetwork) || object.spec.hostNetwork == false"
          message    = "pods with a kernel of their own cannot use the host's network: remove spec.hostNetwork"
        },
        {
          expression = "!variables.isSized || variables.hasMemoryLimits"
          message    = "the memory limits of a pod are the size of its VM: write resources.limits.memory for every container, init containers included"
        },
        {
          expression        = "!variables.isSized || !variables.hasMemoryLimits || (has(object.spec.containers) ? object.spec.containers.map(c, quantity(string(c.resources.limits['memory'])).asApproximateFloat()).sum() : 0.0) + (has(object.spec.initContainers) ? object.spec.initContainers.map(c, quantity(string(c.resources.limits['memory'])).asApproximateFloat()).sum() : 0.0) <= variables.podMemoryBytes[variables.runtimeClass]"
          messageExpression = "'the memory limits of all containers, init containers included, are more than the ' + variables.podMemory[variables.runtimeClass] + ' of runtime class ' + variables.runtimeClass + ': lower resources.limits.memory or use a larger class'"
        },
      ]
    }
  }
}

resource "kubernetes_manifest" "policy_binding_7EB4672E" {
  manifest = {
    apiVersion = "admissionregistration.k8s.io/v1"
    kind       = "ValidatingAdmissionPolicyBinding"
    metadata = {
      name = "sandbox"
    }
    spec = {
      policyName        = "sandbox"
      validationActions = ["Deny"]
      matchResources = {
        namespaceSelector = {
          matchLabels = {
            "pod-sandboxing/policy" = "sandbox"
          }
          matchExpressions = [
            {
              key      = "kubernetes.io/metadata.name"
              operator = "NotIn"
              values = [
                "aks-command",
                "aks-istio-egress",
                "aks-istio-ingress",
                "aks-istio-system",
                "app-routing-system",
                "calico-apiserver",
                "calico-system",
                "default",
                "gatekeeper-system",
                "kube-node-lease",
                "kube-public",
                "kube-system",
                "tigera-operator",
              ]
            },
          ]
        }
      }
    }
  }

  depends_on = [kubernetes_manifest.policy]
}

resource "kubernetes_namespace_v1" "untrusted" {
  metadata {
    labels = {
      "pod-security.kubernetes.io/enforce" = "restricted"
      "pod-security.kubernetes.io/audit"   = "restricted"
      "pod-security.kubernetes.io/warn"    = "restricted"
      "pod-sandboxing/policy"              = "sandbox"
    }
    name = "untrusted"
  }

  timeouts {
    delete = "15m"
  }

  depends_on = [
    kubernetes_manifest.policy,
    kubernetes_manifest.policy_binding_7EB4672E,
    kubernetes_job_v1.isolation_jobs_kata-small_kata_60B36392,
    kubernetes_job_v1.isolation_jobs_kata-large_kata_A39576EC,
    kubernetes_manifest.isolation_denial_B1A1C83E,
  ]
}

resource "kubernetes_namespace_v1" "isolation_namespace_B5594D7D" {
  metadata {
    labels = {
      "pod-security.kubernetes.io/enforce" = "restricted"
      "pod-security.kubernetes.io/audit"   = "restricted"
      "pod-security.kubernetes.io/warn"    = "restricted"
      "pod-sandboxing/policy"              = "sandbox"
    }
    name = "isolation"
  }

  timeouts {
    delete = "15m"
  }

  depends_on = [kubernetes_manifest.policy, kubernetes_manifest.policy_binding_7EB4672E]
}

resource "kubernetes_limit_range_v1" "untrusted_limits_0602CBC7" {
  metadata {
    name      = "limits"
    namespace = "untrusted"
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
        ephemeral-storage = "1Gi"
      }
      max = {
        ephemeral-storage = "8Gi"
      }
      type = "Container"
    }
  }

  depends_on = [kubernetes_namespace_v1.untrusted]
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
        ephemeral-storage = "1Gi"
      }
      max = {
        ephemeral-storage = "8Gi"
      }
      type = "Container"
    }
  }

  depends_on = [kubernetes_namespace_v1.isolation_namespace_B5594D7D]
}

resource "kubernetes_default_service_account_v1" "untrusted_service-account_433EB8F0" {
  automount_service_account_token = false

  metadata {
    namespace = "untrusted"
  }

  depends_on = [kubernetes_namespace_v1.untrusted]
}

resource "kubernetes_default_service_account_v1" "isolation_namespace_service-account_788BD716" {
  automount_service_account_token = false

  metadata {
    namespace = "isolation"
  }

  depends_on = [kubernetes_namespace_v1.isolation_namespace_B5594D7D]
}

resource "kubernetes_network_policy_v1" "untrusted_default-deny_3D6A6171" {
  metadata {
    labels = {
      "pod-sandboxing/policy" = "sandbox"
    }
    name      = "default-deny"
    namespace = "untrusted"
  }

  spec {
    policy_types = ["Ingress", "Egress"]

    pod_selector {}
  }

  depends_on = [kubernetes_namespace_v1.untrusted]
}

resource "kubernetes_network_policy_v1" "untrusted_dns_599D23DD" {
  metadata {
    labels = {
      "pod-sandboxing/policy" = "sandbox"
    }
    name      = "dns"
    namespace = "untrusted"
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

  depends_on = [kubernetes_namespace_v1.untrusted]
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

  depends_on = [kubernetes_namespace_v1.isolation_namespace_B5594D7D]
}

resource "kubernetes_resource_quota_v1" "untrusted_quota_6583FB7A" {
  metadata {
    name      = "quota"
    namespace = "untrusted"
  }

  spec {
    hard = {
      pods                       = "50"
      "limits.cpu"               = "16"
      "limits.memory"            = "32Gi"
      "limits.ephemeral-storage" = "64Gi"
    }
  }

  depends_on = [kubernetes_namespace_v1.untrusted]
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

resource "kubernetes_job_v1" "isolation_jobs_kata-large_kata_A39576EC" {
  wait_for_completion = true

  metadata {
    name      = "kata-large-kata"
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
        runtime_class_name = "kata-large"
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
    kubernetes_manifest.kata-large,
  ]
}
