import { DataAzurermUserAssignedIdentity } from "@cdktf/provider-azurerm/lib/data-azurerm-user-assigned-identity";
import { NamespaceV1 } from "@cdktf/provider-kubernetes/lib/namespace-v1";
import { ServiceAccountV1 } from "@cdktf/provider-kubernetes/lib/service-account-v1";
import { Construct } from "constructs";
import type { IWorkloadIdentity } from "../cluster/i-workload-identity";
import { check } from "../validation/check";
import { freeScope } from "../validation/free-scope";
import { checkProps, literal, object, PropSpecs, required, string } from "../validation/props";
import { SERVICE_ACCOUNT_RULES } from "./rules/service-account-rules";
import { Sandbox } from "./sandbox";

/** Options of a service account: the identity of its pods. */
export interface ServiceAccountOptions {
  /** The identity: what addWorkloadIdentity of the cluster returned, or the names of one that something else made. */
  readonly workloadIdentity: IWorkloadIdentity;
}

/** Options of a service account, and its namespace. */
export interface ServiceAccountProps extends ServiceAccountOptions {
  /** The namespace, as addNamespace returned it. */
  readonly namespace: { readonly name: string; readonly resource: NamespaceV1 };
}

const PROPS: PropSpecs<ServiceAccountProps> = {
  namespace: required(object("what addNamespace returned", { member: "resource" })),
  workloadIdentity: required(object("what addWorkloadIdentity returned", { member: "serviceAccountName" })),
};

const NAME = required(
  literal({ ...string(), what: "a plain string, because the sandbox stack finds the identity by its name" }),
);

const IDENTITY: PropSpecs<IWorkloadIdentity> = {
  identityName: NAME,
  resourceGroupName: NAME,
  namespaceName: required(string()),
  serviceAccountName: required(string()),
};

/** Annotation that names the identity. Source: learn.microsoft.com/azure/aks/workload-identity-overview. */
const CLIENT_ID = "azure.workload.identity/client-id";

/**
 * A service account for pods with the label `azure.workload.identity/use: "true"`, which get tokens of an identity in
 * Entra ID, and none for the Kubernetes API.
 *
 * @example
 * ```ts
 * untrusted.addServiceAccount("jobs", {
 *   workloadIdentity: cluster.addWorkloadIdentity("jobs", {
 *     resourceGroup: { name: "myResourceGroup", location: "eastus" },
 *     namespace: "untrusted",
 *   }),
 * });
 * ```
 * @throws if the identity is for another namespace, or its name is known only after apply
 */
export class ServiceAccount extends Construct {
  /** Name for `spec.serviceAccountName` of pods. */
  readonly serviceAccountName: string;
  /** The Kubernetes resource, for all that the construct does not offer. */
  readonly resource: ServiceAccountV1;

  constructor(scope: Construct, id: string, props: ServiceAccountProps) {
    super(freeScope(scope, id, "service account"), id);
    checkProps(this, props, PROPS);
    const { namespace, workloadIdentity } = props;
    const { identityName, resourceGroupName, namespaceName, serviceAccountName } = workloadIdentity;
    const names = { identityName, resourceGroupName, namespaceName, serviceAccountName };
    checkProps(this, names, IDENTITY, { inside: "workloadIdentity" });
    check(this, SERVICE_ACCOUNT_RULES, {
      serviceAccount: serviceAccountName,
      namespace: namespace.name,
      namespaceOfIdentity: namespaceName,
    });
    this.serviceAccountName = serviceAccountName;
    Sandbox.of(this).addAzurermProvider();
    const identity = new DataAzurermUserAssignedIdentity(this, "identity", { name: identityName, resourceGroupName });
    this.resource = new ServiceAccountV1(this, "Default", {
      metadata: {
        name: serviceAccountName,
        namespace: namespace.name,
        annotations: { [CLIENT_ID]: identity.clientId },
      },
      automountServiceAccountToken: false,
      dependsOn: [namespace.resource],
    });
  }
}
