/** An id of a subscription, tenant, application or group. */
export const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Returns whether a text is the resource id of a type such as `Microsoft.Network/virtualNetworks/subnets`. Azure takes
 * any case.
 */
export function isIdOf(type: string, text: string): boolean {
  return new RegExp(`^${partsOf(type).join("/[^/]+/").replaceAll(".", "\\.")}/[^/]+$`, "i").test(text);
}

/** Returns the form of the resource ids of a type. */
export function idFormOf(type: string): string {
  return `${partsOf(type).join("/…/")}/…`;
}

/** The parts of an id, between which names are. */
function partsOf(type: string): string[] {
  const [provider, first, ...rest] = type.split("/");
  return ["/subscriptions", "resourceGroups", `providers/${provider}/${first}`, ...rest];
}
