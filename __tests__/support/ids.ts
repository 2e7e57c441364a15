/** Ids as Azure writes them. */
export const GUID = "00000000-0000-0000-0000-000000000000";

/** Returns the resource id of something of a type such as `Microsoft.Network/virtualNetworks/subnets`. */
export function idOf(type: string, name: string): string {
  const [provider, first, ...rest] = type.split("/");
  const names = rest.length > 0 ? `${first}/${name}/${rest[0]}/${name}` : `${first}/${name}`;
  return `/subscriptions/${GUID}/resourceGroups/group/providers/${provider}/${names}`;
}

export const subnet = (name: string) => idOf("Microsoft.Network/virtualNetworks/subnets", name);
export const identity = (name: string) => idOf("Microsoft.ManagedIdentity/userAssignedIdentities", name);
export const workspace = (name: string) => idOf("Microsoft.OperationalInsights/workspaces", name);
export const metricsWorkspace = (name: string) => idOf("Microsoft.Monitor/accounts", name);
export const storageAccount = (name: string) => idOf("Microsoft.Storage/storageAccounts", name);
export const ZONE_ID = idOf("Microsoft.Network/privateDnsZones", "zone");
