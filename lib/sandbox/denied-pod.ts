import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

/** Name of the ReplicaSet and its container, which says what is expected to those who find it without a pod. */
const NAME = "must-be-denied";

export interface DeniedPodProps {
  readonly namespace: string;
  readonly image: string;
  readonly dependsOn: ITerraformDependable[];
}

/**
 * A ReplicaSet whose pod has no runtime class. The apply goes on when its pod was denied, and fails where it is not:
 * API servers see a new policy only after a moment.
 *
 * A pod that is created in spite of that is never scheduled, because no node has its label.
 */
export class DeniedPod extends Manifest {
  constructor(scope: Construct, id: string, { namespace, image, dependsOn }: DeniedPodProps) {
    const labels = { "pod-sandboxing/check": NAME };
    const limits = { memory: "128Mi", cpu: "250m" };
    super(scope, id, {
      dependsOn,
      manifest: {
        apiVersion: "apps/v1",
        kind: "ReplicaSet",
        metadata: { name: NAME, namespace },
        spec: {
          replicas: 1,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              nodeSelector: labels,
              automountServiceAccountToken: false,
              securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: "RuntimeDefault" } },
              containers: [
                {
                  name: NAME,
                  image,
                  resources: { limits, requests: limits },
                  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] } },
                },
              ],
            },
          },
        },
      },
      wait: { condition: [{ type: "ReplicaFailure", status: "True" }] },
      timeouts: { create: "2m" },
    });
  }
}
