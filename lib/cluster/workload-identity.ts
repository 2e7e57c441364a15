import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { Construct } from "constructs";
import { PlainResource } from "../cdktf/plain-resource";
import { check } from "../validation/check";
import { freeScope } from "../validation/free-scope";
import { checkProps, PropSpecs, required, string } from "../validation/props";
import { declaredNodePools } from "./declared-node-pools";
import { CLUSTER, type IAksCluster } from "./i-aks-cluster";
import type { IWorkloadIdentity } from "./i-workload-identity";
import { checkResourceGroup, IResourceGroup, locationIn, RESOURCE_GROUP } from "./resource-group";
import { WORKLOAD_IDENTITY_RULES } from "./rules/workload-identity-rules";

/** Options of a workload identity: its name and place, and the pods that are to have it. */
export interface WorkloadIdentityOptions {
  /**
   * Name of the identity and of its federated credential: 3 to 120 letters, digits, hyphens and underscores.
   *
   * @default - the construct's id
   * @throws if it is malformed
   * @see https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
   */
  readonly name?: string;
  /** Resource group of the identity. Its name has to be a plain string for the sandbox stack to find the identity. */
  readonly resourceGroup: IResourceGroup;
  /**
   * Region of the identity.
   *
   * @default - the resource group's
   */
  readonly location?: string;
  /**
   * Namespace of the pods.
   *
   * @throws if it cannot name a namespace
   * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names
   */
  readonly namespace: string;
  /**
   * Service account of the pods.
   *
   * @default - the name of the identity
   * @throws if it cannot name a service account
   * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names
   */
  readonly serviceAccount?: string;
}

/** Options of a workload identity, and its cluster. */
export interface WorkloadIdentityProps extends WorkloadIdentityOptions {
  /**
   * The cluster, with its OIDC issuer and workload identity enabled.
   *
   * @throws if one of them is not
   * @see https://learn.microsoft.com/azure/aks/workload-identity-overview
   */
  readonly cluster: IAksCluster;
}

const PROPS: PropSpecs<WorkloadIdentityProps> = {
  cluster: CLUSTER,
  name: string(),
  resourceGroup: required(RESOURCE_GROUP),
  location: string(),
  namespace: required(string()),
  serviceAccount: string(),
};

/** Audience of the tokens that Entra ID exchanges. Source: learn.microsoft.com/azure/aks/workload-identity-overview. */
const AUDIENCE = "api://AzureADTokenExchange";

/**
 * A user-assigned identity, and the federated credential with which pods of one service account get its tokens. Give
 * roles to `resource.principalId`, and make the service account with `addServiceAccount` of the namespace.
 *
 * @example
 * ```ts
 * cluster.addWorkloadIdentity("jobs", {
 *   resourceGroup: { name: "myResourceGroup", location: "eastus" },
 *   namespace: "untrusted",
 *   serviceAccount: "jobs",
 * });
 * ```
 * @see https://learn.microsoft.com/azure/aks/workload-identity-overview
 * @throws if a prop is not known or missing, a name cannot work, or the cluster gives no identities to pods
 */
export class WorkloadIdentity extends Construct implements IWorkloadIdentity {
  readonly identityName: string;
  readonly resourceGroupName: string;
  readonly namespaceName: string;
  readonly serviceAccountName: string;
  /** The azurerm resource. */
  readonly resource: UserAssignedIdentity;

  constructor(scope: Construct, id: string, props: WorkloadIdentityProps) {
    super(freeScope(scope, id, "workload identity"), id);
    checkProps(this, props, PROPS);
    const { cluster, name = id, resourceGroup, location, namespace, serviceAccount = name } = props;
    checkResourceGroup(this, resourceGroup, location);
    const { isExisting, oidcIssuerUrl, provider, podSandboxing } = cluster;
    const { cluster: clusterArguments } = declaredNodePools(cluster);
    check(this, WORKLOAD_IDENTITY_RULES, {
      ...{ name, namespace, serviceAccount },
      ...{ cluster: clusterArguments, isExisting, oidcIssuerUrl },
    });
    this.identityName = name;
    this.resourceGroupName = resourceGroup.nameInput ?? resourceGroup.name;
    this.namespaceName = namespace;
    this.serviceAccountName = serviceAccount;

    podSandboxing.azurermVersion.pinFor(this);
    this.resource = new UserAssignedIdentity(this, "Default", {
      name,
      resourceGroupName: resourceGroup.name,
      location: locationIn(resourceGroup, location),
      provider,
    });
    const credential = new PlainResource(this, "credential", {
      provider: "azurerm",
      type: "azurerm_federated_identity_credential",
      content: () => ({
        name,
        audience: [AUDIENCE],
        issuer: oidcIssuerUrl,
        subject: `system:serviceaccount:${namespace}:${serviceAccount}`,
        // v4.81.0, federated_identity_credential_resource.go: the names of azurerm 3 are deprecated, and gone in azurerm 5
        ...(podSandboxing.azurermVersion.major < 4
          ? { parent_id: this.resource.id, resource_group_name: resourceGroup.name }
          : { user_assigned_identity_id: this.resource.id }),
      }),
    });
    credential.provider = provider;
  }
}
