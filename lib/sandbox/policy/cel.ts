/** A named part of a policy's expressions. */
export interface Variable {
  readonly name: string;
  readonly expression: string;
}

/** A condition on a request, and the message if it does not hold. */
export interface Validation {
  readonly expression: string;
  readonly message?: string;
  /** An expression that says it, where the sentence has values in it. */
  readonly messageExpression?: string;
  readonly source: string;
}

/** Returns a list of strings in CEL. */
export function celList(texts: readonly string[]): string {
  return `[${texts.map(celString).join(", ")}]`;
}

/** Returns a string in CEL. */
export function celString(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

/** Returns validations that apply only where a condition is true. */
export function where(condition: string, validations: readonly Validation[]): Validation[] {
  return validations.map((validation) => ({ ...validation, expression: `!${condition} || ${validation.expression}` }));
}

/** Returns a validation as Kubernetes takes it. */
export function withoutSource({ expression, message, messageExpression }: Validation) {
  return { expression, ...(message !== undefined && { message }), ...(messageExpression && { messageExpression }) };
}

/** True if the user of the request may change the policies themselves, and so need not be held by them. */
export function isAdministrator(policyName: string): Variable {
  return {
    name: "isAdministrator",
    expression: `authorizer.group('admissionregistration.k8s.io').resource('validatingadmissionpolicies').name(${celString(policyName)}).check('update').allowed()`,
  };
}

/** Annotations of the request's namespace. */
export const NAMESPACE_ANNOTATIONS: Variable = {
  name: "namespaceAnnotations",
  expression: "has(namespaceObject.metadata.annotations) ? namespaceObject.metadata.annotations : {}",
};

/**
 * True for requests of the controller that empties a namespace that is deleted.
 *
 * Source: kubernetes/kubernetes, plugin/pkg/auth/authorizer/rbac/bootstrappolicy.
 */
export const EMPTIES_NAMESPACE: Variable = {
  name: "emptiesNamespace",
  expression: "request.userInfo.username == 'system:serviceaccount:kube-system:namespace-controller'",
};
