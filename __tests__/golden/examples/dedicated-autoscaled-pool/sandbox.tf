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

  field_manager {
    force_conflicts = true
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

  field_manager {
    force_conflicts = true
  }
}

resource "kubernetes_manifest" "dedicated-pool-policy_binding_C9BABB2F" {
  manifest = {
    apiVersion = "admissionregistration.k8s.io/v1"
    kind       = "ValidatingAdmissionPolicyBinding"
    metadata = {
      name = "sandbox-dedicated-pools"
    }
    spec = {
      policyName        = "sandbox-dedicated-pools"
      validationActions = ["Deny"]
      matchResources = {
        matchPolicy = "Equivalent"
        namespaceSelector = {
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
                "gatekeeper-system",
                "kube-node-lease",
                "kube-public",
                "kube-system",
                "tigera-operator",
              ]
            },
            {
              key      = "pod-sandboxing/node-agents"
              operator = "NotIn"
              values   = ["true"]
            },
          ]
        }
      }
    }
  }

  field_manager {
    force_conflicts = true
  }

  lifecycle {
    postcondition {
      condition     = alltrue([try(self.object.spec.matchResources.excludeResourceRules, null) == null, try(self.object.spec.matchResources.resourceRules, null) == null, try(self.object.spec.matchResources.objectSelector.matchLabels, null) == null, try(self.object.spec.matchResources.objectSelector.matchExpressions, null) == null])
      error_message = "ValidatingAdmissionPolicyBinding sandbox-dedicated-pools was edited by hand and may exempt pods: take out the fields that are named above with kubectl edit validatingadmissionpolicybinding sandbox-dedicated-pools, or plan with -replace."
    }
  }
}

resource "kubernetes_manifest" "dedicated-pool-policy" {
  manifest = {
    apiVersion = "admissionregistration.k8s.io/v1"
    kind       = "ValidatingAdmissionPolicy"
    metadata = {
      name = "sandbox-dedicated-pools"
    }
    spec = {
      failurePolicy = "Fail"
      matchConstraints = {
        matchPolicy = "Equivalent"
        resourceRules = [
          {
            apiGroups   = [""]
            apiVersions = ["v1"]
            operations  = ["CREATE", "UPDATE"]
            resources   = ["pods"]
            scope       = "*"
          },
        ]
      }
      variables = [
        {
          name       = "isAdministrator"
          expression = "authorizer.group('admissionregistration.k8s.io').resource('validatingadmissionpolicies').name('sandbox-dedicated-pools').check('update').allowed()"
        },
        {
          name       = "runtimeClass"
          expression = "has(object.spec.runtimeClassName) ? object.spec.runtimeClassName : ''"
        },
        {
          name       = "isSandboxed"
          expression = "variables.runtimeClass in ['kata-small', 'kata-large', 'kata-mshv-vm-isolation', 'kata-vm-isolation', 'kata-cc-isolation', 'kata-vm-isolation-v2']"
        },
        {
          name       = "tolerations"
          expression = "has(object.spec.tolerations) ? object.spec.tolerations : []"
        },
        {
          name       = "oldTolerations"
          expression = "request.operation == 'UPDATE' && has(oldObject.spec.tolerations) ? oldObject.spec.tolerations : []"
        },
        {
          name       = "newTolerations"
          expression = "variables.tolerations.filter(t, !(t in variables.oldTolerations))"
        },
        {
          name       = "ofTheKey"
          expression = "variables.newTolerations.filter(t, !has(t.key) || t.key in ['', 'dedicated'])"
        },
        {
          name       = "ofTheEffect"
          expression = "variables.ofTheKey.filter(t, !has(t.effect) || t.effect in ['', 'NoSchedule'])"
        },
        {
          name       = "toleratesTaint"
          expression = "variables.ofTheEffect.exists(t, has(t.operator) && t.operator == 'Exists' || has(t.value) && t.value == 'pod-sandboxing')"
        },
        {
          name       = "nodeName"
          expression = "request.operation == 'CREATE' && has(object.spec.nodeName) ? object.spec.nodeName : ''"
        },
        {
          name       = "namesNode"
          expression = "['aks-kata-'].exists(p, variables.nodeName.startsWith(p))"
        },
      ]
      validations = [
        {
          expression = "!variables.toleratesTaint || variables.isSandboxed || variables.isAdministrator"
          message    = "nodes with the taint dedicated=pod-sandboxing are for pods with a kernel of their own: remove the toleration, write spec.runtimeClassName: kata-small or kata-large, or label the namespace pod-sandboxing/node-agents=true if its pods belong on every node"
        },
        {
          expression = "!variables.namesNode || variables.isSandboxed || variables.isAdministrator"
          message    = "nodes of a dedicated pool are for pods with a kernel of their own: remove spec.nodeName, write spec.runtimeClassName: kata-small or kata-large, or label the namespace pod-sandboxing/node-agents=true if its pods belong on every node"
        },
      ]
    }
  }

  field_manager {
    force_conflicts = true
  }

  timeouts {
    create = "2m"
  }

  wait {
    fields = {
      "status.observedGeneration" = "[1-9]"
    }
  }

  lifecycle {
    postcondition {
      condition     = alltrue([try(self.object.spec.matchConditions, null) == null, try(self.object.spec.paramKind.kind, null) == null, try(self.object.spec.matchConstraints.excludeResourceRules, null) == null, try(self.object.spec.matchConstraints.namespaceSelector.matchLabels, null) == null, try(self.object.spec.matchConstraints.namespaceSelector.matchExpressions, null) == null, try(self.object.spec.matchConstraints.objectSelector.matchLabels, null) == null, try(self.object.spec.matchConstraints.objectSelector.matchExpressions, null) == null])
      error_message = "ValidatingAdmissionPolicy sandbox-dedicated-pools was edited by hand and may exempt pods: take out the fields that are named above with kubectl edit validatingadmissionpolicy sandbox-dedicated-pools, or plan with -replace."
    }
  }

  depends_on = [kubernetes_manifest.dedicated-pool-policy_binding_C9BABB2F]
}
