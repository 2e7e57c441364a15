import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { Construct } from "constructs";
import { postcondition } from "./hand-edits";
import { DEFAULT_CLASS_ANNOTATION } from "./policy-names";

export interface DefaultClassPolicyProps {
  /** Name of the policy and its binding in Kubernetes. */
  readonly name: string;
  /** Selector of the namespaces, in Kubernetes' own spelling. */
  readonly namespaceSelector: object;
}

const ANNOTATIONS = "namespaceObject.metadata.annotations";

/** Asked in the mutation, as match conditions do not see the namespace. */
const HAS_DEFAULT = `has(${ANNOTATIONS}) && '${DEFAULT_CLASS_ANNOTATION}' in ${ANNOTATIONS}`;

/**
 * A MutatingAdmissionPolicy that gives pods without a runtime class that of their namespace. The admission of
 * RuntimeClass runs again after it, so overhead and node selector come, too, and the validating policy decides last.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/mutating-admission-policy/
 */
export class DefaultClassPolicy extends Construct {
  readonly resource: Manifest;
  readonly binding: Manifest;

  constructor(scope: Construct, id: string, props: DefaultClassPolicyProps) {
    super(scope, id);
    const { name, namespaceSelector } = props;
    this.resource = new Manifest(this, "Default", {
      manifest: {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "MutatingAdmissionPolicy",
        metadata: { name },
        spec: {
          failurePolicy: "Fail",
          reinvocationPolicy: "IfNeeded",
          matchConstraints: {
            matchPolicy: "Equivalent",
            resourceRules: [
              { apiGroups: [""], apiVersions: ["v1"], operations: ["CREATE"], resources: ["pods"], scope: "*" },
            ],
          },
          matchConditions: [
            {
              name: "has-no-class",
              expression: "!has(object.spec.runtimeClassName) || object.spec.runtimeClassName == ''",
            },
          ],
          mutations: [
            {
              patchType: "ApplyConfiguration",
              applyConfiguration: {
                expression: `${HAS_DEFAULT} ? Object{spec: Object.spec{runtimeClassName: ${ANNOTATIONS}['${DEFAULT_CLASS_ANNOTATION}']}} : Object{}`,
              },
            },
          ],
        },
      },
      fieldManager: { forceConflicts: true },
      lifecycle: { postcondition: [postcondition("MutatingAdmissionPolicy", name)] },
    });
    this.binding = new Manifest(this, "binding", {
      manifest: {
        apiVersion: "admissionregistration.k8s.io/v1",
        kind: "MutatingAdmissionPolicyBinding",
        metadata: { name },
        spec: { policyName: name, matchResources: { matchPolicy: "Equivalent", namespaceSelector } },
      },
      fieldManager: { forceConflicts: true },
      lifecycle: { postcondition: [postcondition("MutatingAdmissionPolicyBinding", name)] },
      dependsOn: [this.resource],
    });
  }
}
