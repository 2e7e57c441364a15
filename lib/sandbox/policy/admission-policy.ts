import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { Validation, Variable, withoutSource } from "./cel";
import { postcondition } from "./hand-edits";

/** Requests that a policy looks at. */
export interface ResourceRule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly operations: readonly ("CREATE" | "UPDATE" | "DELETE")[];
  readonly resources: readonly string[];
}

/** Objects beside the request that a policy looks at, as `params`: those with a name, in the namespace of the request. */
export interface PolicyParams {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
}

export interface AdmissionPolicyProps {
  /** Name of the policy and its binding in Kubernetes. */
  readonly name: string;
  readonly resourceRules: readonly ResourceRule[];
  /** Selector of the namespaces, in Kubernetes' own spelling. */
  readonly namespaceSelector: object;
  /** @default - none; where there are some, the policy holds only namespaces that have the object */
  readonly params?: PolicyParams;
  /** Asked at synth. */
  readonly variables: () => readonly Variable[];
  /** Asked at synth. */
  readonly validations: () => readonly Validation[];
}

/**
 * A ValidatingAdmissionPolicy that fails closed, and its binding.
 *
 * API servers see both only after a moment. So the binding comes first, and the policy is not done before a controller has
 * seen it. Of a thousand forbidden pods that were tried meanwhile none slipped in, of others 15 to 17 each time.
 *
 * Terraform takes back what other field managers have changed in it. What cannot be written out is checked after every
 * read (see hand-edits.ts).
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/
 */
export class AdmissionPolicy extends Construct {
  readonly resource: Manifest;
  readonly binding: Manifest;

  constructor(scope: Construct, id: string, props: AdmissionPolicyProps) {
    super(scope, id);
    const { name, namespaceSelector, params } = props;
    this.binding = new Manifest(this, "binding", {
      manifest: {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "ValidatingAdmissionPolicyBinding",
        metadata: { name },
        spec: {
          policyName: name,
          validationActions: ["Deny"],
          ...(params && { paramRef: { name: params.name, parameterNotFoundAction: "Allow" } }),
          matchResources: { matchPolicy: "Equivalent", namespaceSelector },
        },
      },
      fieldManager: { forceConflicts: true },
      lifecycle: { postcondition: [postcondition("ValidatingAdmissionPolicyBinding", name)] },
    });
    this.resource = new Manifest(this, "Default", {
      manifest: {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "ValidatingAdmissionPolicy",
        metadata: { name },
        spec: {
          failurePolicy: "Fail",
          ...(params && { paramKind: { apiVersion: params.apiVersion, kind: params.kind } }),
          matchConstraints: {
            matchPolicy: "Equivalent",
            resourceRules: props.resourceRules.map((rule) => ({ ...rule, scope: "*" })),
          },
          variables: Lazy.anyValue({ produce: props.variables }),
          validations: Lazy.anyValue({ produce: () => props.validations().map(withoutSource) }),
        },
      },
      fieldManager: { forceConflicts: true },
      wait: { fields: { "status.observedGeneration": "[1-9]" } },
      timeouts: { create: "2m" },
      dependsOn: [this.binding],
      lifecycle: { postcondition: [postcondition("ValidatingAdmissionPolicy", name, params && ["paramKind.kind"])] },
    });
  }
}
