import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { check } from "../validation/check";
import { freeScope } from "../validation/free-scope";
import { checkProps, list, literal, PropSpecs, required, string } from "../validation/props";
import type { AksClusterProps } from "./aks-cluster";
import { CLUSTER_IDENTITY_RULES } from "./rules/cluster-identity-rules";
import { checkResourceGroup, IResourceGroup, locationIn, RESOURCE_GROUP } from "./resource-group";

/** Props of an identity: its name and place, and what the cluster needs it for. */
export interface ClusterIdentityProps {
  /** Name of the identity. */
  readonly name: string;
  /** Resource group of the identity. */
  readonly resourceGroup: IResourceGroup;
  /**
   * Region of the identity.
   *
   * @default - the resource group's
   */
  readonly location?: string;
  /**
   * Resource ids of the subnets of the cluster's node pools.
   *
   * @default - none
   */
  readonly subnetIds?: readonly string[];
  /**
   * Resource id of a private DNS zone of your own for the API server.
   *
   * @default - none
   */
  readonly privateDnsZoneId?: string;
}

const PROPS: PropSpecs<ClusterIdentityProps> = {
  name: required(string()),
  resourceGroup: required(RESOURCE_GROUP),
  location: string(),
  subnetIds: literal(list(string(), { what: "a list of ids of subnets" })),
  privateDnsZoneId: string(),
};

/**
 * A user-assigned identity for a cluster, with the roles that AKS needs before it creates one:
 * `{ identity: own.identity, dependsOn: own.roles }`.
 *
 * @example
 * ```ts
 * const azure = new ClusterStack(app, "azure");
 * const resourceGroup = { name: "myResourceGroup", location: "eastus" };
 * const vnetSubnetId =
 *   "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/myResourceGroup" +
 *   "/providers/Microsoft.Network/virtualNetworks/myNetwork/subnets/nodes";
 * const own = new ClusterIdentity(azure, "identity", { name: "myIdentity", resourceGroup, subnetIds: [vnetSubnetId] });
 * new AksCluster(azure, "aks", {
 *   podSandboxing: PodSandboxing.GA,
 *   name: "myAKSCluster",
 *   resourceGroup,
 *   defaultNodePool: { name: "default", vmSize: "Standard_D4s_v5", nodeCount: 2, vnetSubnetId },
 *   identity: own.identity,
 *   dependsOn: own.roles,
 * });
 * ```
 * @see https://learn.microsoft.com/azure/aks/configure-azure-cni (Network Contributor on subnets)
 * @see https://learn.microsoft.com/azure/aks/private-clusters (Private DNS Zone Contributor on a zone)
 * @throws if a prop is not known or missing
 */
export class ClusterIdentity extends Construct {
  /** The azurerm resource. */
  readonly resource: UserAssignedIdentity;
  /** The role assignments. */
  readonly roles: ITerraformDependable[];
  /** The cluster's prop `identity`. */
  readonly identity: NonNullable<AksClusterProps["identity"]>;

  constructor(scope: Construct, id: string, props: ClusterIdentityProps) {
    super(freeScope(scope, id, "identity"), id);
    checkProps(this, props, PROPS);
    const { name, resourceGroup, location, subnetIds = [], privateDnsZoneId } = props;
    checkResourceGroup(this, resourceGroup, location);
    check(this, CLUSTER_IDENTITY_RULES, { name, subnetIds, privateDnsZoneId });
    this.resource = new UserAssignedIdentity(this, "Default", {
      name,
      resourceGroupName: resourceGroup.name,
      location: locationIn(resourceGroup, location),
    });
    this.identity = { type: "UserAssigned", identityIds: [this.resource.id] };
    this.roles = subnetIds.map((subnet, i) => this.grant(`subnet-${i}`, "Network Contributor", subnet));
    if (privateDnsZoneId !== undefined)
      this.roles.push(this.grant("zone", "Private DNS Zone Contributor", privateDnsZoneId));
  }

  private grant(id: string, roleDefinitionName: string, scope: string): RoleAssignment {
    return new RoleAssignment(this, id, { roleDefinitionName, scope, principalId: this.resource.principalId });
  }
}
