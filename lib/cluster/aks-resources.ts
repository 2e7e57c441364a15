import { KubernetesCluster, KubernetesClusterConfig } from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import {
  KubernetesClusterNodePool,
  KubernetesClusterNodePoolConfig,
} from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { Tokenization } from "cdktf";
import { Construct, IConstruct } from "constructs";
import { mistake } from "../check";
import { AbsentArgument, ArgumentNames, AzurermVersion, DemandedArgument } from "./azurerm-version";

/** `azurerm_kubernetes_cluster`, written in the names of one azurerm major. */
export class VersionedKubernetesCluster extends KubernetesCluster {
  constructor(
    scope: Construct,
    id: string,
    private readonly azurermVersion: AzurermVersion,
    config: KubernetesClusterConfig,
  ) {
    super(scope, id, config);
  }

  protected override synthesizeAttributes(): Attributes {
    return this.translate(super.synthesizeAttributes(), JSON_FORM);
  }

  protected override synthesizeHclAttributes(): Attributes {
    return this.translate(super.synthesizeHclAttributes(), HCL_FORM);
  }

  private translate(attributes: Attributes, form: Form): Attributes {
    const { names, demands } = this.azurermVersion;
    const renamed = rename(attributes, names.kubernetesCluster, form, this.azurermVersion, this);
    for (const demand of demands) addDemanded(renamed, demand, form);
    return renamed;
  }
}

/** `azurerm_kubernetes_cluster_node_pool`, written in the names of one azurerm major. */
export class VersionedKubernetesClusterNodePool extends KubernetesClusterNodePool {
  constructor(
    scope: Construct,
    id: string,
    private readonly azurermVersion: AzurermVersion,
    config: KubernetesClusterNodePoolConfig,
  ) {
    super(scope, id, config);
  }

  protected override synthesizeAttributes(): Attributes {
    return this.translate(super.synthesizeAttributes(), JSON_FORM);
  }

  protected override synthesizeHclAttributes(): Attributes {
    return this.translate(super.synthesizeHclAttributes(), HCL_FORM);
  }

  private translate(attributes: Attributes, form: Form): Attributes {
    return rename(attributes, this.azurermVersion.names.nodePool, form, this.azurermVersion, this);
  }
}

type Attributes = { [name: string]: unknown };

/** How the two languages of cdktf hold the value of an attribute. */
interface Form {
  /** The value of an attribute. */
  valueOf(attribute: unknown): unknown;
  /** The attribute with another value. */
  withValue(attribute: unknown, value: unknown): unknown;
  argument(value: string | boolean): unknown;
  block(inside: Attributes): unknown;
}

const JSON_FORM: Form = {
  valueOf: (attribute) => attribute,
  withValue: (_, value) => value,
  argument: (value) => value,
  block: (inside) => inside,
};

const HCL_FORM: Form = {
  valueOf: (attribute) => (attribute as { value: unknown }).value,
  withValue: (attribute, value) => ({ ...(attribute as object), value }),
  argument: (value) => ({ value, isBlock: false, type: "simple", storageClassType: typeof value }),
  block: (inside) => ({ value: inside, isBlock: true, type: "list", storageClassType: "list" }),
};

function rename(
  attributes: Attributes,
  names: ArgumentNames,
  form: Form,
  version: AzurermVersion,
  construct: IConstruct,
): Attributes {
  const renamed: Attributes = {};
  for (const [argument, attribute] of Object.entries(attributes)) {
    const name = names[argument];
    if (name === undefined || attribute === undefined) {
      renamed[argument] = attribute;
    } else if (typeof name === "string") {
      renamed[name] = attribute;
    } else if (name instanceof AbsentArgument) {
      if (hasValue(form.valueOf(attribute))) {
        throw mistake(construct, `azurerm ${version.major} has no argument "${argument}": ${name.wayOut}`);
      }
    } else {
      const block = form.valueOf(attribute);
      renamed[argument] = isBlock(block)
        ? form.withValue(attribute, rename(block, name, form, version, construct))
        : attribute;
    }
  }
  return renamed;
}

function addDemanded(attributes: Attributes, { block, argument, value, always }: DemandedArgument, form: Form): void {
  const attribute = attributes[block];
  const inside = attribute === undefined ? undefined : form.valueOf(attribute);
  if (isBlock(inside)) {
    attributes[block] = form.withValue(attribute, { ...inside, [argument]: form.argument(value) });
  } else if (always && inside === undefined) {
    attributes[block] = form.block({ [argument]: form.argument(value) });
  }
}

function hasValue(value: unknown): boolean {
  return value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);
}

function isBlock(value: unknown): value is Attributes {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !Tokenization.isResolvable(value);
}
