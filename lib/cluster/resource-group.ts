import { IConstruct } from "constructs";
import { check } from "../validation/check";
import { checkProps, object, required, string } from "../validation/props";
import { validationError } from "../validation/validation-error";
import { PLACE_RULES } from "./rules/place-rules";

/** A resource group: the azurerm resource, its data source, or the two names of one that exists. */
export interface IResourceGroup {
  /** Name of the group. */
  readonly name: string;
  /** Region. Not needed where the cluster has a location of its own. */
  readonly location?: string;
  /** The name as it was written, where `name` is a reference. */
  readonly nameInput?: string;
  /** The location as it was written, where `location` is a reference. */
  readonly locationInput?: string;
}

export const RESOURCE_GROUP = object("a ResourceGroup, its data source or { name, location }", { member: "name" });

const PROPS = { name: required(string()), location: string(), nameInput: string(), locationInput: string() };

/** Holds a resource group, and what is in it, to the names and places that Azure has. */
export function checkResourceGroup(
  construct: IConstruct,
  group: IResourceGroup,
  location: string | undefined,
  nodeResourceGroup?: string,
): void {
  if (group.constructor === Object) checkProps(construct, group, PROPS, { inside: "resourceGroup" });
  if (!group.location && !location)
    throw validationError(construct, 'resourceGroup.location is missing: write a region such as "eastus"');
  check(construct, PLACE_RULES, {
    resourceGroupName: group.nameInput ?? group.name,
    nodeResourceGroup,
    location: locationIn(group, location),
  });
}

/** Returns the region of what is in a group: its own, or the group's as it was written. */
export function locationIn(group: IResourceGroup, location?: string): string {
  return location ?? group.locationInput ?? group.location!;
}
