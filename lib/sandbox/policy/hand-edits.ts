import type { TerraformResourceLifecycle } from "cdktf";

type Postcondition = NonNullable<TerraformResourceLifecycle["postcondition"]>[number];

const POLICY_FIELDS = [
  "paramKind.kind",
  "matchConstraints.excludeResourceRules",
  ...selectorFields("matchConstraints.namespaceSelector"),
  ...selectorFields("matchConstraints.objectSelector"),
];

const BINDING_FIELDS = [
  "matchResources.excludeResourceRules",
  "matchResources.resourceRules",
  ...selectorFields("matchResources.objectSelector"),
];

/**
 * Fields that can take requests or objects out of a policy, and that a manifest cannot hold empty: the provider
 * refuses an empty list or map after the apply ("inconsistent result"), shows `null` as a change in every plan, and
 * sees no change in a selector written as `{}`. Match conditions that are written out, such as one that is always true,
 * keep those that others have added. Seen with hashicorp/kubernetes 2.38.0 and 3.2.1.
 */
const EXEMPTING_FIELDS = {
  ValidatingAdmissionPolicy: ["matchConditions", ...POLICY_FIELDS],
  ValidatingAdmissionPolicyBinding: BINDING_FIELDS,
  MutatingAdmissionPolicy: POLICY_FIELDS,
  MutatingAdmissionPolicyBinding: BINDING_FIELDS,
};

/** Returns a condition that fails the plan if somebody has edited an exempting field by hand that is not written. */
export function postcondition(
  kind: keyof typeof EXEMPTING_FIELDS,
  name: string,
  written: readonly string[] = [],
): Postcondition {
  const fields = EXEMPTING_FIELDS[kind].filter((field) => !written.includes(field));
  const conditions = fields.map((field) => `try(self.object.spec.${field}, null) == null`);
  return {
    condition: `\${alltrue([${conditions.join(", ")}])}`,
    errorMessage:
      `${kind} ${name} was edited by hand and may exempt pods: take out the fields that are named above with ` +
      `kubectl edit ${kind.toLowerCase()} ${name}, or plan with -replace.`,
  };
}

function selectorFields(selector: string): string[] {
  return [`${selector}.matchLabels`, `${selector}.matchExpressions`];
}
