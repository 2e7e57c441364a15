import { KubernetesCluster } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import { KubernetesClusterNodePool } from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { IConstruct } from "constructs";
import { validationError } from "../validation/validation-error";
import { withHclMetaArguments } from "../hcl";
import { AbsentArgument, ArgumentNames, DemandedArgument } from "../azurerm-names";
import { AzurermVersion } from "../azurerm-version";

/** `azurerm_kubernetes_cluster`, written in the names of the azurerm that its stack is pinned to. */
export class VersionedKubernetesCluster extends KubernetesCluster {
  protected override synthesizeAttributes(): Attributes {
    return clusterInNamesOf(this, super.synthesizeAttributes(), JSON_FORM);
  }

  protected override synthesizeHclAttributes(): Attributes {
    return clusterInNamesOf(this, super.synthesizeHclAttributes(), HCL_FORM);
  }

  override toHclTerraform() {
    return withHclMetaArguments(super.toHclTerraform());
  }
}

/** `azurerm_kubernetes_cluster_node_pool`, written in the names of the azurerm that its stack is pinned to. */
export class VersionedKubernetesClusterNodePool extends KubernetesClusterNodePool {
  protected override synthesizeAttributes(): Attributes {
    return nodePoolInNamesOf(this, super.synthesizeAttributes(), JSON_FORM);
  }

  protected override synthesizeHclAttributes(): Attributes {
    return nodePoolInNamesOf(this, super.synthesizeHclAttributes(), HCL_FORM);
  }

  override toHclTerraform() {
    return withHclMetaArguments(super.toHclTerraform());
  }
}

type Attributes = { [name: string]: unknown };

/** How one of the two languages holds what stands behind the name of an argument. */
interface Form {
  valueOf(attribute: unknown): unknown;
  isBlock(attribute: unknown): boolean;
  /** The same attribute with another value. */
  withValue(attribute: unknown, value: unknown): unknown;
  argument(value: string | boolean): unknown;
  block(inside: Attributes): unknown;
}

const JSON_FORM: Form = {
  valueOf: (attribute) => attribute,
  isBlock: isPlainObject,
  withValue: (_, value) => value,
  argument: (value) => value,
  block: (inside) => inside,
};

interface HclAttribute {
  readonly value: unknown;
  readonly isBlock: boolean;
}

const HCL_FORM: Form = {
  valueOf: (attribute) => (attribute as HclAttribute).value,
  isBlock: (attribute) => (attribute as HclAttribute).isBlock && isPlainObject((attribute as HclAttribute).value),
  withValue: (attribute, value) => ({ ...(attribute as HclAttribute), value }),
  argument: (value) => ({ value, isBlock: false, type: "simple", storageClassType: typeof value }),
  block: (inside) => ({ value: inside, isBlock: true, type: "list", storageClassType: "list" }),
};

function clusterInNamesOf(cluster: IConstruct, attributes: Attributes, form: Form): Attributes {
  const version = AzurermVersion.pinnedFor(cluster);
  const renamed = rename(attributes, version.names.kubernetesCluster, form, version, cluster);
  for (const demand of version.demands) addDemanded(renamed, demand, form);
  return renamed;
}

function nodePoolInNamesOf(nodePool: IConstruct, attributes: Attributes, form: Form): Attributes {
  const version = AzurermVersion.pinnedFor(nodePool);
  return rename(attributes, version.names.nodePool, form, version, nodePool);
}

function rename(
  attributes: Attributes,
  names: ArgumentNames,
  form: Form,
  version: AzurermVersion,
  construct: IConstruct,
): Attributes {
  const renamed: Attributes = {};
  for (const [argument, attribute] of Object.entries(attributes)) {
    const value = attribute === undefined ? undefined : form.valueOf(attribute);
    if (value === undefined) continue;
    const name = names[argument];
    if (name instanceof AbsentArgument) {
      if (isEmpty(value)) continue;
      throw validationError(construct, `azurerm ${version.major} has no argument "${argument}": ${name.remedy}`);
    }
    const inside = typeof name === "object" ? name : {};
    const writtenAs = typeof name === "string" ? name : argument;
    if (writtenAs in renamed) {
      throw validationError(
        construct,
        `azurerm ${version.major} has one argument "${writtenAs}" for two that are given: give one`,
      );
    }
    renamed[writtenAs] = form.isBlock(attribute)
      ? form.withValue(attribute, rename(value as Attributes, inside, form, version, construct))
      : attribute;
  }
  return renamed;
}

function addDemanded(attributes: Attributes, { block, argument, value, always }: DemandedArgument, form: Form): void {
  const attribute = attributes[block];
  if (attribute === undefined) {
    if (always) attributes[block] = form.block({ [argument]: form.argument(value) });
  } else if (form.isBlock(attribute)) {
    const inside = form.valueOf(attribute) as Attributes;
    attributes[block] = form.withValue(attribute, { ...inside, [argument]: form.argument(value) });
  }
}

function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0);
}

function isPlainObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && value.constructor === Object;
}
