import coerce from "semver/functions/coerce";
import lt from "semver/functions/lt";
import { Rule } from "../../validation/check";
import { DNS_LABEL } from "../../validation/names";

/** Input of the rules for an admission policy. */
export interface PolicyRuleInput {
  readonly name: string;
  readonly kubernetesVersion?: string;
}

export const POLICY_RULES: readonly Rule<PolicyRuleInput>[] = [
  {
    when: ({ kubernetesVersion }) => kubernetesVersion !== undefined && lt(coerce(kubernetesVersion)!, "1.30.0"),
    message: ({ kubernetesVersion }) =>
      `Kubernetes version "${kubernetesVersion}" has no ValidatingAdmissionPolicy, which sandboxed namespaces need: use 1.30 or later`,
    source: "kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy",
  },
  {
    when: ({ name }) => !DNS_LABEL.test(name),
    message: ({ name }) =>
      `"${name}", the name of the stack, cannot name its admission policy: use lowercase letters, digits and hyphens`,
    source: "kubernetes.io/docs/concepts/overview/working-with-objects/names",
  },
];
