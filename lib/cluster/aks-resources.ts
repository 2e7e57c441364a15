import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { TerraformResource } from "cdktf";
import { IConstruct } from "constructs";
import { givenMetaArguments } from "../cdktf/given-meta-arguments";
import { validationError } from "../validation/validation-error";
import { AbsentArgument, ArgumentNames, DemandedArgument } from "../azurerm-names";
import { AzurermVersion } from "../azurerm-version";

/** `azurerm_kubernetes_cluster`, written in the names of the azurerm that its stack is pinned to. */
export class VersionedKubernetesCluster extends KubernetesCluster {
  /** Id of the resource that Terraform takes over. */
  adoptedId?: string;

  override toTerraform() {
    return withImport(this, super.toTerraform(), this.adoptedId);
  }

  override get terraformMetaArguments() {
    return givenMetaArguments(super.terraformMetaArguments);
  }

  protected override synthesizeAttributes(): Attributes {
    const version = AzurermVersion.pinnedFor(this);
    const renamed = rename(super.synthesizeAttributes(), version.names.kubernetesCluster, version, this);
    for (const demand of version.demands) addDemanded(renamed, demand);
    return renamed;
  }
}

/** `azurerm_kubernetes_cluster_node_pool`, written in the names of the azurerm that its stack is pinned to. */
export class VersionedKubernetesClusterNodePool extends KubernetesClusterNodePool {
  /** Id of the resource that Terraform takes over. */
  adoptedId?: string;

  /** The runtime that has to be written, overrides included. */
  wantedRuntime?: string;

  /** @throws if a kata pool is written without the kata runtime */
  override toTerraform() {
    const written = super.toTerraform();
    const { workload_runtime } = written.resource?.[this.terraformResourceType][this.friendlyUniqueId] ?? {};
    if (this.wantedRuntime !== undefined && written.resource && workload_runtime !== this.wantedRuntime)
      throw validationError(
        this,
        `workload_runtime of a kata node pool is overridden with ${JSON.stringify(workload_runtime ?? null)}, ` +
          "so that its pods would share the kernel of their node: remove the override, or use addNodePool",
      );
    return withImport(this, written, this.adoptedId);
  }

  override get terraformMetaArguments() {
    return givenMetaArguments(super.terraformMetaArguments);
  }

  protected override synthesizeAttributes(): Attributes {
    const version = AzurermVersion.pinnedFor(this);
    return rename(super.synthesizeAttributes(), version.names.nodePool, version, this);
  }
}

/** Adds an import block. `importFrom` of cdktf runs Terraform when an app is synthesised. */
function withImport<Written extends object>(resource: TerraformResource, written: Written, id?: string): Written {
  if (id === undefined) return written;
  const to = `${resource.terraformResourceType}.${resource.friendlyUniqueId}`;
  return { ...written, import: [{ to, id, provider: resource.provider?.fqn }] };
}

type Attributes = { [name: string]: unknown };

function rename(
  attributes: Attributes,
  names: ArgumentNames,
  version: AzurermVersion,
  construct: IConstruct,
): Attributes {
  const renamed: Attributes = {};
  for (const argument of Object.keys(attributes)) {
    const value = attributes[argument];
    if (value === undefined) continue;
    const name = names[argument];
    if (name instanceof AbsentArgument) {
      if (isEmpty(value)) continue;
      throw validationError(construct, `azurerm ${version.major} has no argument "${argument}": ${name.remedy}`);
    }
    const writtenAs = typeof name === "string" ? name : argument;
    if (writtenAs in renamed) {
      throw validationError(
        construct,
        `azurerm ${version.major} has one argument "${writtenAs}" for two that are given: give one`,
      );
    }
    renamed[writtenAs] =
      typeof name === "object" && isPlainObject(value) ? rename(value, name, version, construct) : value;
  }
  return renamed;
}

function addDemanded(attributes: Attributes, { block, argument, value, always }: DemandedArgument): void {
  const given = attributes[block];
  if (given === undefined) {
    if (always) attributes[block] = { [argument]: value };
  } else if (isPlainObject(given)) {
    attributes[block] = { ...given, [argument]: value };
  }
}

function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function isPlainObject(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null && value.constructor === Object;
}
