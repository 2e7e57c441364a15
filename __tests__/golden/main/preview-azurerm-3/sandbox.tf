terraform {
  required_providers {
    azurerm = {
      version = ">= 3.105.0, < 4.0.0"
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
      "kubernetes.azure.com/kata-mshv-vm-isolation" = "true"
      "kubernetes.azure.com/agentpool"              = "kata"
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
        "kubernetes.azure.com/kata-mshv-vm-isolation" = "true"
      }
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
        memory = "512Mi"
      }
    }
    scheduling = {
      nodeSelector = {
        "kubernetes.azure.com/kata-mshv-vm-isolation" = "true"
      }
    }
  }

  field_manager {
    force_conflicts = true
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
        matchPolicy = "Equivalent"
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

  field_manager {
    force_conflicts = true
  }

  lifecycle {
    postcondition {
      condition     = alltrue([try(self.object.spec.matchResources.excludeResourceRules, null) == null, try(self.object.spec.matchResources.resourceRules, null) == null, try(self.object.spec.matchResources.objectSelector.matchLabels, null) == null, try(self.object.spec.matchResources.objectSelector.matchExpressions, null) == null])
      error_message = "ValidatingAdmissionPolicyBinding sandbox was edited by hand and may exempt pods: take out the fields that are named above with kubectl edit validatingadmissionpolicybinding sandbox, or plan with -replace."
    }
  }
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
        matchPolicy = "Equivalent"
        resourceRules = [
          {
            apiGroups   = [""]
            apiVersions = ["v1"]
            operations  = ["CREATE", "UPDATE"]
            resources   = ["pods"]
            scope       = "*"
          },
          {
            apiGroups   = [""]
            apiVersions = ["v1"]
            operations  = ["UPDATE"]
            resources   = ["pods/resize"]
            scope       = "*"
          },
        ]
      }
      variables = [
        {
          name       = "isNew"
          expression = "request.operation == 'CREATE'"
        },
        {
          name       = "hasNewSize"
          expression = "variables.isNew || has(request.subResource) && request.subResource == 'resize'"
        },
        {
          name       = "runtimeClass"
          expression = "has(object.spec.runtimeClassName) ? object.spec.runtimeClassName : ''"
        },
        {
          name       = "namespaceAnnotations"
          expression = "has(namespaceObject.metadata.annotations) ? namespaceObject.metadata.annotations : {}"
        },
        {
          name       = "maxGracePeriod"
          expression = "'pod-sandboxing/max-termination-grace-period-seconds' in variables.namespaceAnnotations ? int(variables.namespaceAnnotations['pod-sandboxing/max-termination-grace-period-seconds']) : 300"
        },
        {
          name       = "annotations"
          expression = "has(object.metadata.annotations) ? object.metadata.annotations : {}"
        },
        {
          name       = "oldAnnotations"
          expression = "!variables.isNew && has(oldObject.metadata.annotations) ? oldObject.metadata.annotations : {}"
        },
        {
          name       = "newAnnotations"
          expression = "variables.annotations.filter(a, !(a in variables.oldAnnotations) || variables.oldAnnotations[a] != variables.annotations[a])"
        },
        {
          name       = "containers"
          expression = "has(object.spec.containers) ? object.spec.containers : []"
        },
        {
          name       = "initContainers"
          expression = "has(object.spec.initContainers) ? object.spec.initContainers : []"
        },
        {
          name       = "allContainers"
          expression = "variables.containers + variables.initContainers"
        },
        {
          name       = "containerLimits"
          expression = "variables.containers.map(c, has(c.resources) && has(c.resources.limits) ? c.resources.limits : {})"
        },
        {
          name       = "initLimits"
          expression = "variables.initContainers.map(c, has(c.resources) && has(c.resources.limits) ? c.resources.limits : {})"
        },
        {
          name       = "allLimits"
          expression = "variables.containerLimits + variables.initLimits"
        },
        {
          name       = "livenessProbes"
          expression = "variables.allContainers.filter(c, has(c.livenessProbe)).map(c, c.livenessProbe)"
        },
        {
          name       = "readinessProbes"
          expression = "variables.allContainers.filter(c, has(c.readinessProbe)).map(c, c.readinessProbe)"
        },
        {
          name       = "startupProbes"
          expression = "variables.allContainers.filter(c, has(c.startupProbe)).map(c, c.startupProbe)"
        },
        {
          name       = "probes"
          expression = "variables.livenessProbes + variables.readinessProbes + variables.startupProbes"
        },
        {
          name       = "lifecycles"
          expression = "variables.allContainers.filter(c, has(c.lifecycle)).map(c, c.lifecycle)"
        },
        {
          name       = "hooks"
          expression = "variables.lifecycles.filter(l, has(l.postStart)).map(l, l.postStart) + variables.lifecycles.filter(l, has(l.preStop)).map(l, l.preStop)"
        },
        {
          name       = "volumes"
          expression = "has(object.spec.volumes) ? object.spec.volumes : []"
        },
        {
          name       = "storageVolumes"
          expression = "variables.volumes.filter(v, !(has(v.configMap) || has(v.downwardAPI) || has(v.projected) || has(v.secret)))"
        },
        {
          name       = "antiAffinity"
          expression = "has(object.spec.affinity) && has(object.spec.affinity.podAntiAffinity) ? [object.spec.affinity.podAntiAffinity] : []"
        },
        {
          name       = "requiredAntiAffinity"
          expression = "variables.antiAffinity.filter(a, has(a.requiredDuringSchedulingIgnoredDuringExecution)).map(a, a.requiredDuringSchedulingIgnoredDuringExecution)"
        },
        {
          name       = "podLimits"
          expression = "has(object.spec.resources) && has(object.spec.resources.limits) ? object.spec.resources.limits : {}"
        },
        {
          name       = "podRequests"
          expression = "has(object.spec.resources) && has(object.spec.resources.requests) ? object.spec.resources.requests : {}"
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
          expression = "'memory' in variables.podLimits || variables.allLimits.all(limits, 'memory' in limits)"
        },
        {
          name       = "initNames"
          expression = "variables.initContainers.map(c, c.name)"
        },
        {
          name       = "sidecarNames"
          expression = "variables.initContainers.filter(c, has(c.restartPolicy) && c.restartPolicy == 'Always').map(c, c.name)"
        },
        {
          name       = "sidecarsBefore"
          expression = "variables.initNames.map(n, variables.sidecarNames.filter(s, variables.initNames.indexOf(s) < variables.initNames.indexOf(n)))"
        },
        {
          name       = "containerMemory"
          expression = "variables.containerLimits.map(limits, 'memory' in limits ? quantity(string(limits['memory'])).asApproximateFloat() : 0.0)"
        },
        {
          name       = "initMemory"
          expression = "variables.initLimits.map(limits, 'memory' in limits ? quantity(string(limits['memory'])).asApproximateFloat() : 0.0)"
        },
        {
          name       = "sidecarMemory"
          expression = "variables.sidecarNames.map(s, variables.initMemory[variables.initNames.indexOf(s)])"
        },
        {
          name       = "sidecarMemoryBefore"
          expression = "variables.sidecarsBefore.map(names, ([0.0] + names.map(s, variables.initMemory[variables.initNames.indexOf(s)])).sum())"
        },
        {
          name       = "memoryOfInits"
          expression = "variables.initNames.map(n, variables.initMemory[variables.initNames.indexOf(n)] + variables.sidecarMemoryBefore[variables.initNames.indexOf(n)])"
        },
        {
          name       = "memoryOfContainers"
          expression = "([0.0] + variables.containerMemory + variables.sidecarMemory).sum()"
        },
        {
          name       = "vmMemory"
          expression = "'memory' in variables.podLimits ? quantity(string(variables.podLimits['memory'])).asApproximateFloat() : ([variables.memoryOfContainers] + variables.memoryOfInits).max()"
        },
        {
          name       = "containerCpu"
          expression = "variables.containerLimits.map(limits, 'cpu' in limits ? quantity(string(limits['cpu'])).asApproximateFloat() : 0.0)"
        },
        {
          name       = "initCpu"
          expression = "variables.initLimits.map(limits, 'cpu' in limits ? quantity(string(limits['cpu'])).asApproximateFloat() : 0.0)"
        },
        {
          name       = "sidecarCpu"
          expression = "variables.sidecarNames.map(s, variables.initCpu[variables.initNames.indexOf(s)])"
        },
        {
          name       = "sidecarCpuBefore"
          expression = "variables.sidecarsBefore.map(names, ([0.0] + names.map(s, variables.initCpu[variables.initNames.indexOf(s)])).sum())"
        },
        {
          name       = "cpuOfInits"
          expression = "variables.initNames.map(n, variables.initCpu[variables.initNames.indexOf(n)] + variables.sidecarCpuBefore[variables.initNames.indexOf(n)])"
        },
        {
          name       = "cpuOfContainers"
          expression = "([0.0] + variables.containerCpu + variables.sidecarCpu).sum()"
        },
        {
          name       = "vmCpu"
          expression = "'cpu' in variables.podLimits ? quantity(string(variables.podLimits['cpu'])).asApproximateFloat() : ([variables.cpuOfContainers] + variables.cpuOfInits).max()"
        },
        {
          name       = "memoryRequesters"
          expression = "'memory' in variables.podLimits ? [] : variables.allContainers.filter(c, has(c.resources) && has(c.resources.requests) && 'memory' in c.resources.requests)"
        },
        {
          name       = "memoryUnlimited"
          expression = "variables.memoryRequesters.filter(c, !has(c.resources.limits) || !('memory' in c.resources.limits))"
        },
        {
          name       = "memoryLimited"
          expression = "variables.memoryRequesters.filter(c, has(c.resources.limits) && 'memory' in c.resources.limits)"
        },
        {
          name       = "memoryUnequal"
          expression = "variables.memoryUnlimited + variables.memoryLimited.filter(c, quantity(string(c.resources.requests['memory'])).compareTo(quantity(string(c.resources.limits['memory']))) != 0)"
        },
        {
          name       = "memoryRequestOfPod"
          expression = "'memory' in variables.podRequests ? quantity(string(variables.podRequests['memory'])).asApproximateFloat() : variables.vmMemory"
        },
        {
          name       = "memoryOfPodIsUnequal"
          expression = "variables.memoryRequestOfPod > variables.vmMemory + 0.0005 || 'memory' in variables.podLimits && variables.memoryRequestOfPod < variables.vmMemory - 0.0005"
        },
        {
          name       = "memoryLimits"
          expression = "'memory' in variables.podLimits ? [variables.podLimits] : variables.allLimits.filter(limits, 'memory' in limits)"
        },
        {
          name       = "cpuRequesters"
          expression = "'cpu' in variables.podLimits ? [] : variables.allContainers.filter(c, has(c.resources) && has(c.resources.requests) && 'cpu' in c.resources.requests)"
        },
        {
          name       = "cpuUnlimited"
          expression = "variables.cpuRequesters.filter(c, !has(c.resources.limits) || !('cpu' in c.resources.limits))"
        },
        {
          name       = "cpuLimited"
          expression = "variables.cpuRequesters.filter(c, has(c.resources.limits) && 'cpu' in c.resources.limits)"
        },
        {
          name       = "cpuUnequal"
          expression = "variables.cpuUnlimited + variables.cpuLimited.filter(c, quantity(string(c.resources.requests['cpu'])).compareTo(quantity(string(c.resources.limits['cpu']))) != 0)"
        },
        {
          name       = "cpuRequestOfPod"
          expression = "'cpu' in variables.podRequests ? quantity(string(variables.podRequests['cpu'])).asApproximateFloat() : variables.vmCpu"
        },
        {
          name       = "cpuOfPodIsUnequal"
          expression = "variables.cpuRequestOfPod > variables.vmCpu + 0.0005 || 'cpu' in variables.podLimits && variables.cpuRequestOfPod < variables.vmCpu - 0.0005"
        },
        {
          name       = "cpuLimits"
          expression = "'cpu' in variables.podLimits ? [variables.podLimits] : variables.allLimits.filter(limits, 'cpu' in limits)"
        },
      ]
      validations = [
        {
          expression        = "!variables.isNew || !('pod-sandboxing/runtime-class' in variables.namespaceAnnotations) || variables.runtimeClass == variables.namespaceAnnotations['pod-sandboxing/runtime-class']"
          messageExpression = "'pods of this namespace use one runtime class: write spec.runtimeClassName: ' + variables.namespaceAnnotations['pod-sandboxing/runtime-class']"
        },
        {
          expression = "!variables.isNew || variables.runtimeClass in ['kata-small', 'kata-large']"
          message    = "pods of this namespace need a kernel of their own: write spec.runtimeClassName: kata-small or kata-large"
        },
        {
          expression = "!variables.isNew || !has(object.spec.hostNetwork) || object.spec.hostNetwork == false"
          message    = "pods with a kernel of their own cannot use the host's network: remove spec.hostNetwork"
        },
        {
          expression = "!variables.isNew || !has(object.spec.hostPID) || object.spec.hostPID == false"
          message    = "pods with a kernel of their own cannot see the host's processes: remove spec.hostPID"
        },
        {
          expression = "!variables.isNew || !has(object.spec.hostIPC) || object.spec.hostIPC == false"
          message    = "pods with a kernel of their own cannot share the host's memory: remove spec.hostIPC"
        },
        {
          expression = "!variables.isNew || variables.allContainers.all(c, !has(c.ports) || c.ports.all(p, !has(p.hostPort) || p.hostPort == 0))"
          message    = "ports of the host are outside the namespace's network policies: remove hostPort and use a Service"
        },
        {
          expression = "!variables.isNew || variables.probes.all(h, (!has(h.httpGet) || !has(h.httpGet.host)) && (!has(h.tcpSocket) || !has(h.tcpSocket.host)))"
          message    = "probes that name a host are sent by the node, past network policies: remove host from httpGet and tcpSocket"
        },
        {
          expression = "!variables.isNew || variables.hooks.all(h, (!has(h.httpGet) || !has(h.httpGet.host)) && (!has(h.tcpSocket) || !has(h.tcpSocket.host)))"
          message    = "hooks that name a host are sent by the node, past network policies: remove host from httpGet and tcpSocket"
        },
        {
          expression = "!variables.isNew || variables.volumes.all(v, !has(v.csi))"
          message    = "inline CSI volumes are mounted by the node, past the VM and past network policies: use a persistentVolumeClaim"
        },
        {
          expression = "!variables.isNew || variables.storageVolumes.all(v, has(v.csi) || has(v.emptyDir) || has(v.ephemeral) || has(v.image) || has(v.persistentVolumeClaim))"
          message    = "volumes of other types are mounted by the node's kernel, past the VM: use configMap, downwardAPI, projected, secret, emptyDir, ephemeral, image, persistentVolumeClaim"
        },
        {
          expression = "!variables.isNew || (!has(object.spec.priorityClassName) || !object.spec.priorityClassName.startsWith('system-')) && (!has(object.spec.priority) || object.spec.priority <= 1000000000)"
          message    = "classes of priority that begin with system- take the place of the cluster's own pods: remove spec.priorityClassName or use another"
        },
        {
          expression = "!variables.isNew || !has(object.spec.nodeName) || object.spec.nodeName == ''"
          message    = "pods of this namespace are placed by the scheduler: remove spec.nodeName"
        },
        {
          expression = "!variables.isNew || variables.requiredAntiAffinity.all(terms, terms.all(t, !has(t.namespaceSelector) && (!has(t.namespaces) || t.namespaces.all(n, n == request.namespace))))"
          message    = "anti-affinity to pods of other namespaces keeps them off the nodes: remove namespaces and namespaceSelector from spec.affinity.podAntiAffinity"
        },
        {
          expression = "!variables.isNew || !has(object.spec.os) || object.spec.os.name == 'linux'"
          message    = "pods with a kernel of their own run Linux: remove spec.os"
        },
        {
          expression        = "!variables.isNew || !has(object.spec.terminationGracePeriodSeconds) || object.spec.terminationGracePeriodSeconds <= variables.maxGracePeriod"
          messageExpression = "'a long grace period keeps a pod alive while its namespace is deleted: write spec.terminationGracePeriodSeconds of ' + string(variables.maxGracePeriod) + ' or less'"
        },
        {
          expression = "!variables.hasNewSize || !variables.isSized || variables.hasMemoryLimits"
          message    = "the memory limits of a pod are the size of its VM: write resources.limits.memory for every container, init containers included, or spec.resources.limits.memory for the pod"
        },
        {
          expression        = "!variables.hasNewSize || !variables.isSized || !variables.hasMemoryLimits || variables.vmMemory <= variables.podMemoryBytes[variables.runtimeClass]"
          messageExpression = "'the memory limits of the pod are more than the ' + variables.podMemory[variables.runtimeClass] + ' of runtime class ' + variables.runtimeClass + ': lower resources.limits.memory or use a larger class'"
        },
        {
          expression = "!variables.hasNewSize || (variables.isSized ? !variables.hasMemoryLimits : variables.vmMemory == 0.0) || variables.vmMemory >= 134217728.0"
          message    = "a VM of less than 128Mi gets another size than its limits say: write resources.limits.memory of 128Mi or more in all"
        },
        {
          expression = "!variables.hasNewSize || !(variables.allLimits + [variables.podLimits]).exists(limits, limits.exists(name, name.startsWith('hugepages-')))"
          message    = "huge pages are memory of the node that the class does not count: remove hugepages- from resources, and use memory"
        },
        {
          expression = "!variables.hasNewSize || variables.volumes.all(v, !has(v.emptyDir) || !has(v.emptyDir.medium) || v.emptyDir.medium == '')"
          message    = "volumes in memory are memory of the node that the class does not count: remove emptyDir.medium"
        },
        {
          expression        = "!variables.hasNewSize || variables.memoryUnequal.size() == 0"
          messageExpression = "'a VM takes the memory of its limits from the start: write the same quantity in resources.requests.memory and resources.limits.memory of container ' + variables.memoryUnequal[0].name"
        },
        {
          expression = "!variables.hasNewSize || !variables.memoryOfPodIsUnequal"
          message    = "a VM takes the memory of its limits from the start: write the same quantity in spec.resources.requests.memory and spec.resources.limits.memory"
        },
        {
          expression = "!variables.hasNewSize || variables.memoryLimits.all(limits, quantity(string(limits['memory'])).compareTo(quantity('0')) > 0)"
          message    = "a memory limit of 0 is none, and takes that of the whole pod away: write resources.limits.memory of more than 0, or leave it out for the default"
        },
        {
          expression        = "!variables.hasNewSize || variables.cpuUnequal.size() == 0"
          messageExpression = "'a VM takes the cpu of its limits from the start: write the same quantity in resources.requests.cpu and resources.limits.cpu of container ' + variables.cpuUnequal[0].name"
        },
        {
          expression = "!variables.hasNewSize || !variables.cpuOfPodIsUnequal"
          message    = "a VM takes the cpu of its limits from the start: write the same quantity in spec.resources.requests.cpu and spec.resources.limits.cpu"
        },
        {
          expression = "!variables.hasNewSize || variables.cpuLimits.all(limits, quantity(string(limits['cpu'])).compareTo(quantity('0')) > 0)"
          message    = "a cpu limit of 0 is none, and takes that of the whole pod away: write resources.limits.cpu of more than 0, or leave it out for the default"
        },
        {
          expression = "!variables.newAnnotations.exists(a, ['io.katacontainers.', 'io.kubernetes.cri'].exists(prefix, a.startsWith(prefix)))"
          message    = "annotations of the runtime change how a pod's VM is made: remove those that begin with io.katacontainers. or io.kubernetes.cri"
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
      error_message = "ValidatingAdmissionPolicy sandbox was edited by hand and may exempt pods: take out the fields that are named above with kubectl edit validatingadmissionpolicy sandbox, or plan with -replace."
    }
  }

  depends_on = [kubernetes_manifest.policy_binding_7EB4672E]
}

resource "kubernetes_manifest" "policy_default-deny_binding_F18A34E4" {
  manifest = {
    apiVersion = "admissionregistration.k8s.io/v1"
    kind       = "ValidatingAdmissionPolicyBinding"
    metadata = {
      name = "sandbox-default-deny"
    }
    spec = {
      policyName        = "sandbox-default-deny"
      validationActions = ["Deny"]
      paramRef = {
        name                    = "pod-count"
        parameterNotFoundAction = "Allow"
      }
      matchResources = {
        matchPolicy = "Equivalent"
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

  field_manager {
    force_conflicts = true
  }

  lifecycle {
    postcondition {
      condition     = alltrue([try(self.object.spec.matchResources.excludeResourceRules, null) == null, try(self.object.spec.matchResources.resourceRules, null) == null, try(self.object.spec.matchResources.objectSelector.matchLabels, null) == null, try(self.object.spec.matchResources.objectSelector.matchExpressions, null) == null])
      error_message = "ValidatingAdmissionPolicyBinding sandbox-default-deny was edited by hand and may exempt pods: take out the fields that are named above with kubectl edit validatingadmissionpolicybinding sandbox-default-deny, or plan with -replace."
    }
  }
}

resource "kubernetes_manifest" "policy_default-deny_1C7C731C" {
  manifest = {
    apiVersion = "admissionregistration.k8s.io/v1"
    kind       = "ValidatingAdmissionPolicy"
    metadata = {
      name = "sandbox-default-deny"
    }
    spec = {
      failurePolicy = "Fail"
      paramKind = {
        apiVersion = "v1"
        kind       = "ResourceQuota"
      }
      matchConstraints = {
        matchPolicy = "Equivalent"
        resourceRules = [
          {
            apiGroups   = ["networking.k8s.io"]
            apiVersions = ["v1"]
            operations  = ["DELETE"]
            resources   = ["networkpolicies"]
            scope       = "*"
          },
        ]
      }
      variables = [
        {
          name       = "isDefaultDeny"
          expression = "oldObject.metadata.name == 'default-deny'"
        },
        {
          name       = "emptiesNamespace"
          expression = "request.userInfo.username == 'system:serviceaccount:kube-system:namespace-controller'"
        },
        {
          name       = "used"
          expression = "has(params.status) && has(params.status.used) ? params.status.used : {}"
        },
        {
          name       = "hasNoPods"
          expression = "'pods' in variables.used && quantity(string(variables.used['pods'])).compareTo(quantity('0')) == 0"
        },
      ]
      validations = [
        {
          expression        = "!variables.isDefaultDeny || variables.emptiesNamespace || variables.hasNoPods"
          messageExpression = "'pods of namespace ' + namespaceObject.metadata.name + ' run and would have an open network: try again when they have ended, or delete the namespace first, which ends pods before network policies, with kubectl delete namespace ' + namespaceObject.metadata.name"
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
      condition     = alltrue([try(self.object.spec.matchConditions, null) == null, try(self.object.spec.matchConstraints.excludeResourceRules, null) == null, try(self.object.spec.matchConstraints.namespaceSelector.matchLabels, null) == null, try(self.object.spec.matchConstraints.namespaceSelector.matchExpressions, null) == null, try(self.object.spec.matchConstraints.objectSelector.matchLabels, null) == null, try(self.object.spec.matchConstraints.objectSelector.matchExpressions, null) == null])
      error_message = "ValidatingAdmissionPolicy sandbox-default-deny was edited by hand and may exempt pods: take out the fields that are named above with kubectl edit validatingadmissionpolicy sandbox-default-deny, or plan with -replace."
    }
  }

  depends_on = [kubernetes_manifest.policy_default-deny_binding_F18A34E4]
}

resource "kubernetes_manifest" "policy_deletions_binding_AB6AC293" {
  manifest = {
    apiVersion = "admissionregistration.k8s.io/v1"
    kind       = "ValidatingAdmissionPolicyBinding"
    metadata = {
      name = "sandbox-deletions"
    }
    spec = {
      policyName        = "sandbox-deletions"
      validationActions = ["Deny"]
      matchResources = {
        matchPolicy = "Equivalent"
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

  field_manager {
    force_conflicts = true
  }

  lifecycle {
    postcondition {
      condition     = alltrue([try(self.object.spec.matchResources.excludeResourceRules, null) == null, try(self.object.spec.matchResources.resourceRules, null) == null, try(self.object.spec.matchResources.objectSelector.matchLabels, null) == null, try(self.object.spec.matchResources.objectSelector.matchExpressions, null) == null])
      error_message = "ValidatingAdmissionPolicyBinding sandbox-deletions was edited by hand and may exempt pods: take out the fields that are named above with kubectl edit validatingadmissionpolicybinding sandbox-deletions, or plan with -replace."
    }
  }
}

resource "kubernetes_manifest" "policy_deletions_2F6E1586" {
  manifest = {
    apiVersion = "admissionregistration.k8s.io/v1"
    kind       = "ValidatingAdmissionPolicy"
    metadata = {
      name = "sandbox-deletions"
    }
    spec = {
      failurePolicy = "Fail"
      matchConstraints = {
        matchPolicy = "Equivalent"
        resourceRules = [
          {
            apiGroups   = [""]
            apiVersions = ["v1"]
            operations  = ["DELETE"]
            resources   = ["pods"]
            scope       = "*"
          },
          {
            apiGroups   = [""]
            apiVersions = ["v1"]
            operations  = ["CREATE"]
            resources   = ["pods/eviction"]
            scope       = "*"
          },
        ]
      }
      variables = [
        {
          name       = "namespaceAnnotations"
          expression = "has(namespaceObject.metadata.annotations) ? namespaceObject.metadata.annotations : {}"
        },
        {
          name       = "maxGracePeriod"
          expression = "'pod-sandboxing/max-termination-grace-period-seconds' in variables.namespaceAnnotations ? int(variables.namespaceAnnotations['pod-sandboxing/max-termination-grace-period-seconds']) : 300"
        },
        {
          name       = "deletion"
          expression = "has(request.options) && has(request.options.gracePeriodSeconds) ? [request.options] : []"
        },
        {
          name       = "eviction"
          expression = "request.operation == 'CREATE' && has(dyn(object).deleteOptions) && has(dyn(object).deleteOptions.gracePeriodSeconds) ? [dyn(object).deleteOptions] : []"
        },
      ]
      validations = [
        {
          expression        = "(variables.deletion + variables.eviction).all(options, options.gracePeriodSeconds <= variables.maxGracePeriod)"
          messageExpression = "'a long grace period keeps a pod alive while its namespace is deleted: delete it with --grace-period of ' + string(variables.maxGracePeriod) + ' or less'"
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
      error_message = "ValidatingAdmissionPolicy sandbox-deletions was edited by hand and may exempt pods: take out the fields that are named above with kubectl edit validatingadmissionpolicy sandbox-deletions, or plan with -replace."
    }
  }

  depends_on = [kubernetes_manifest.policy_deletions_binding_AB6AC293]
}

resource "kubernetes_manifest" "policy_network-policies_binding_681D5E8A" {
  manifest = {
    apiVersion = "admissionregistration.k8s.io/v1"
    kind       = "ValidatingAdmissionPolicyBinding"
    metadata = {
      name = "sandbox-network-policies"
    }
    spec = {
      policyName        = "sandbox-network-policies"
      validationActions = ["Deny"]
      matchResources = {
        matchPolicy = "Equivalent"
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

  field_manager {
    force_conflicts = true
  }

  lifecycle {
    postcondition {
      condition     = alltrue([try(self.object.spec.matchResources.excludeResourceRules, null) == null, try(self.object.spec.matchResources.resourceRules, null) == null, try(self.object.spec.matchResources.objectSelector.matchLabels, null) == null, try(self.object.spec.matchResources.objectSelector.matchExpressions, null) == null])
      error_message = "ValidatingAdmissionPolicyBinding sandbox-network-policies was edited by hand and may exempt pods: take out the fields that are named above with kubectl edit validatingadmissionpolicybinding sandbox-network-policies, or plan with -replace."
    }
  }
}

resource "kubernetes_manifest" "policy_network-policies_FFF89614" {
  manifest = {
    apiVersion = "admissionregistration.k8s.io/v1"
    kind       = "ValidatingAdmissionPolicy"
    metadata = {
      name = "sandbox-network-policies"
    }
    spec = {
      failurePolicy = "Fail"
      matchConstraints = {
        matchPolicy = "Equivalent"
        resourceRules = [
          {
            apiGroups   = ["networking.k8s.io"]
            apiVersions = ["v1"]
            operations  = ["CREATE", "UPDATE", "DELETE"]
            resources   = ["networkpolicies"]
            scope       = "*"
          },
          {
            apiGroups   = ["cilium.io"]
            apiVersions = ["*"]
            operations  = ["CREATE", "UPDATE", "DELETE"]
            resources   = ["ciliumnetworkpolicies"]
            scope       = "*"
          },
          {
            apiGroups   = ["crd.projectcalico.org", "projectcalico.org"]
            apiVersions = ["*"]
            operations  = ["CREATE", "UPDATE", "DELETE"]
            resources   = ["networkpolicies", "stagednetworkpolicies"]
            scope       = "*"
          },
        ]
      }
      variables = [
        {
          name       = "isAdministrator"
          expression = "authorizer.group('admissionregistration.k8s.io').resource('validatingadmissionpolicies').name('sandbox').check('update').allowed()"
        },
        {
          name       = "namespaceAnnotations"
          expression = "has(namespaceObject.metadata.annotations) ? namespaceObject.metadata.annotations : {}"
        },
        {
          name       = "emptiesNamespace"
          expression = "request.userInfo.username == 'system:serviceaccount:kube-system:namespace-controller'"
        },
        {
          name       = "isHeld"
          expression = "!variables.emptiesNamespace && !variables.isAdministrator"
        },
        {
          name       = "tenantsMayWrite"
          expression = "request.resource.group == 'networking.k8s.io' && 'pod-sandboxing/tenant-network-policies' in variables.namespaceAnnotations"
        },
        {
          name       = "isOfStack"
          expression = "request.operation != 'CREATE' && has(oldObject.metadata.labels) && 'pod-sandboxing/policy' in oldObject.metadata.labels"
        },
        {
          name       = "egress"
          expression = "request.operation != 'DELETE' && has(object.spec.egress) ? object.spec.egress : []"
        },
        {
          name       = "opensAddresses"
          expression = "variables.egress.exists(rule, !has(rule.to) || rule.to.size() == 0 || rule.to.exists(peer, has(peer.ipBlock)))"
        },
      ]
      validations = [
        {
          expression = "variables.tenantsMayWrite && !variables.isOfStack || !variables.isHeld"
          message    = "network policies of this namespace are written by its sandbox stack: ask for egress or ingress of the namespace there"
        },
        {
          expression = "!variables.tenantsMayWrite || !variables.opensAddresses || !variables.isHeld"
          message    = "network policies of this namespace's users open traffic among pods: write podSelector or namespaceSelector in every egress rule, and ask for addresses as egress of the namespace in its sandbox stack"
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
      error_message = "ValidatingAdmissionPolicy sandbox-network-policies was edited by hand and may exempt pods: take out the fields that are named above with kubectl edit validatingadmissionpolicy sandbox-network-policies, or plan with -replace."
    }
  }

  depends_on = [kubernetes_manifest.policy_network-policies_binding_681D5E8A]
}

resource "kubernetes_manifest" "policy_services_binding_883BD4B2" {
  manifest = {
    apiVersion = "admissionregistration.k8s.io/v1"
    kind       = "ValidatingAdmissionPolicyBinding"
    metadata = {
      name = "sandbox-services"
    }
    spec = {
      policyName        = "sandbox-services"
      validationActions = ["Deny"]
      matchResources = {
        matchPolicy = "Equivalent"
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

  field_manager {
    force_conflicts = true
  }

  lifecycle {
    postcondition {
      condition     = alltrue([try(self.object.spec.matchResources.excludeResourceRules, null) == null, try(self.object.spec.matchResources.resourceRules, null) == null, try(self.object.spec.matchResources.objectSelector.matchLabels, null) == null, try(self.object.spec.matchResources.objectSelector.matchExpressions, null) == null])
      error_message = "ValidatingAdmissionPolicyBinding sandbox-services was edited by hand and may exempt pods: take out the fields that are named above with kubectl edit validatingadmissionpolicybinding sandbox-services, or plan with -replace."
    }
  }
}

resource "kubernetes_manifest" "policy_services_6D655B23" {
  manifest = {
    apiVersion = "admissionregistration.k8s.io/v1"
    kind       = "ValidatingAdmissionPolicy"
    metadata = {
      name = "sandbox-services"
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
            resources   = ["services"]
            scope       = "*"
          },
        ]
      }
      variables = [
        {
          name       = "isAdministrator"
          expression = "authorizer.group('admissionregistration.k8s.io').resource('validatingadmissionpolicies').name('sandbox').check('update').allowed()"
        },
        {
          name       = "namespaceAnnotations"
          expression = "has(namespaceObject.metadata.annotations) ? namespaceObject.metadata.annotations : {}"
        },
        {
          name       = "moreTypes"
          expression = "'pod-sandboxing/service-types' in variables.namespaceAnnotations ? variables.namespaceAnnotations['pod-sandboxing/service-types'].split(',') : []"
        },
        {
          name       = "types"
          expression = "['ClusterIP', 'ExternalName'] + variables.moreTypes"
        },
        {
          name       = "isUnchanged"
          expression = "request.operation == 'UPDATE' && object.spec == oldObject.spec"
        },
      ]
      validations = [
        {
          expression        = "!has(object.spec.type) || object.spec.type in variables.types || variables.isUnchanged || variables.isAdministrator"
          messageExpression = "'services of this namespace have no address outside the cluster: write spec.type: ' + variables.types.join(' or ')"
        },
        {
          expression = "!has(object.spec.externalIPs) || object.spec.externalIPs.size() == 0 || variables.isUnchanged || variables.isAdministrator"
          message    = "external IPs take traffic of other addresses over: remove spec.externalIPs"
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
      error_message = "ValidatingAdmissionPolicy sandbox-services was edited by hand and may exempt pods: take out the fields that are named above with kubectl edit validatingadmissionpolicy sandbox-services, or plan with -replace."
    }
  }

  depends_on = [kubernetes_manifest.policy_services_binding_883BD4B2]
}

resource "kubernetes_namespace_v1" "untrusted" {
  metadata {
    labels = {
      "pod-security.kubernetes.io/enforce"         = "restricted"
      "pod-security.kubernetes.io/audit"           = "restricted"
      "pod-security.kubernetes.io/warn"            = "restricted"
      "pod-security.kubernetes.io/enforce-version" = "latest"
      "pod-sandboxing/policy"                      = "sandbox"
    }
    name = "untrusted"
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
    kubernetes_job_v1.isolation_jobs_kata-small_kata_60B36392,
    kubernetes_job_v1.isolation_jobs_kata-large_kata_A39576EC,
    kubernetes_manifest.isolation_denial_B1A1C83E,
  ]
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
        ephemeral-storage = "0"
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

resource "kubernetes_resource_quota_v1" "untrusted_pod-count_6BC9D879" {
  metadata {
    name      = "pod-count"
    namespace = "untrusted"
  }

  spec {
    hard = {
      pods = "1M"
    }
  }

  depends_on = [kubernetes_namespace_v1.untrusted]
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

  depends_on = [
    kubernetes_namespace_v1.untrusted,
    kubernetes_limit_range_v1.untrusted_limits_0602CBC7,
    kubernetes_default_service_account_v1.untrusted_service-account_433EB8F0,
    kubernetes_resource_quota_v1.untrusted_pod-count_6BC9D879,
    kubernetes_network_policy_v1.untrusted_dns_599D23DD,
    kubernetes_resource_quota_v1.untrusted_quota_6583FB7A,
  ]
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
          "kubernetes.azure.com/kata-mshv-vm-isolation" = "true"
          "kubernetes.azure.com/agentpool"              = "kata"
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
      error_message = "node pool \"kata\" has no node with the label kubernetes.azure.com/kata-mshv-vm-isolation, so that isolation cannot be proved on it: scale it up and deploy again"
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
          "kubernetes.azure.com/kata-mshv-vm-isolation" = "true"
          "kubernetes.azure.com/agentpool"              = "kata"
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
      error_message = "node pool \"kata\" has no node with the label kubernetes.azure.com/kata-mshv-vm-isolation, so that isolation cannot be proved on it: scale it up and deploy again"
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
