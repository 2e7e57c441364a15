import { Construct } from "constructs";
import type { IKataNodePool } from "../../cluster/i-node-pool";
import { check } from "../../validation/check";
import type { IKataRuntimeClass } from "../i-kata-runtime-class";
import { POLICY_RULES } from "../rules/policy-rules";
import { AdmissionPolicy } from "./admission-policy";
import {
  DEDICATED_POOL_NAMESPACES,
  DEDICATED_POOL_PODS,
  dedicatedPoolValidations,
  dedicatedPoolVariables,
} from "./dedicated-pool-rules";

export interface DedicatedPoolPolicyProps {
  /** Name of the policy and its binding in Kubernetes. */
  readonly name: string;
  readonly kubernetesVersion?: string;
  /** Classes of all the cluster's sandbox stacks; asked at synth. */
  readonly runtimeClasses: () => readonly IKataRuntimeClass[];
  /** Dedicated pools of the cluster; asked at synth. */
  readonly nodePools: () => readonly IKataNodePool[];
}

/**
 * A policy for the whole cluster that keeps pods without a kernel of their own off dedicated pools. It looks only at
 * pods that tolerate the pools' taint or name one of their nodes.
 *
 * @throws if the cluster is pinned to a Kubernetes version before 1.30
 */
export class DedicatedPoolPolicy extends AdmissionPolicy {
  constructor(scope: Construct, id: string, props: DedicatedPoolPolicyProps) {
    const { name, kubernetesVersion, runtimeClasses, nodePools } = props;
    const classes = () => [...new Set(runtimeClasses().map(({ runtimeClassName }) => runtimeClassName))];
    const pools = () => nodePools().map(({ nodePoolName }) => nodePoolName);
    super(scope, id, {
      name,
      resourceRules: DEDICATED_POOL_PODS,
      namespaceSelector: DEDICATED_POOL_NAMESPACES,
      variables: () => dedicatedPoolVariables(name, classes(), pools()),
      validations: () => dedicatedPoolValidations(classes()),
    });
    check(this, POLICY_RULES, { name, kubernetesVersion });
  }
}
