import type { Rule } from "../../validation/rule";
import { unknownName } from "../../validation/unknown-prop";
import { REGIONS } from "./regions";

/** Place of a resource in Azure. */
export interface Place {
  readonly resourceGroupName?: string;
  readonly nodeResourceGroup?: string;
  readonly location?: string;
}

const NAME_RULES = "learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules, resourcegroups";

/** Letters of any language, digits, and some signs. */
const GROUP = /^[-\p{L}\p{N}_.()]*[-\p{L}\p{N}_()]$/u;

const LONGEST_GROUP = 90;
const LONGEST_NODE_GROUP = 80;

/** Names of resource groups that Azure refuses. */
export const RESOURCE_GROUP_RULES: readonly Rule<Place>[] = [
  groupRule("resource group name", ({ resourceGroupName }) => resourceGroupName, LONGEST_GROUP, NAME_RULES),
  groupRule(
    "nodeResourceGroup",
    ({ nodeResourceGroup }) => nodeResourceGroup,
    LONGEST_NODE_GROUP,
    "learn.microsoft.com/azure/aks/faq, node resource group",
  ),
  {
    when: ({ nodeResourceGroup, resourceGroupName }) =>
      nodeResourceGroup !== undefined && nodeResourceGroup.toLowerCase() === resourceGroupName?.toLowerCase(),
    message: ({ nodeResourceGroup }) =>
      `nodeResourceGroup "${nodeResourceGroup}" is the cluster's own group, and AKS makes one for the nodes: write another name`,
    source: "learn.microsoft.com/azure/aks/faq, node resource group",
  },
];

/** Places that Azure refuses, and regions that are not known. */
export const PLACE_RULES: readonly Rule<Place>[] = [
  ...RESOURCE_GROUP_RULES,
  {
    when: ({ location }) => location !== undefined && !REGIONS.includes(nameOf(location)),
    message: ({ location }) =>
      `location "${location}" is not a known region: ${unknownName(nameOf(location!), REGIONS, "write a name that az account list-locations prints")}`,
    source: "learn.microsoft.com/azure/reliability/regions-list",
    warns: true,
  },
];

function groupRule(
  what: string,
  nameIn: (place: Place) => string | undefined,
  longest: number,
  source: string,
): Rule<Place> {
  return {
    when: (place) => {
      const name = nameIn(place);
      return name !== undefined && (!GROUP.test(name) || name.length > longest);
    },
    message: (place) =>
      `${what} "${nameIn(place)}" is not valid: use 1 to ${longest} letters, digits, hyphens, underscores, parentheses and dots, with no dot at the end`,
    source,
  };
}

/** azurerm takes `East US` for `eastus`. */
function nameOf(location: string): string {
  return location.toLowerCase().replaceAll(" ", "");
}
