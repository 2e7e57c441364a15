import { withoutIndices } from "./expressions";
import { Json, listOf } from "./json";
import { CLUSTER } from "./resource-types";

/**
 * What azurerm 3 writes of a cluster at other places than later versions, in single blocks or outside of any.
 *
 * Source: hashicorp/terraform-provider-azurerm, website/docs/4.0-upgrade-guide.html.markdown.
 */
const NEW_PLACES: { readonly [path: string]: { readonly path: string; readonly isInList?: boolean } } = {
  api_server_authorized_ip_ranges: { path: "api_server_access_profile.authorized_ip_ranges" },
  "network_profile.ebpf_data_plane": { path: "network_profile.network_data_plane" },
  "web_app_routing.dns_zone_id": { path: "web_app_routing.dns_zone_ids", isInList: true },
};

/** Values of a resource with all of them at their new places. */
export function inNewShape(type: string, values: Json): Json {
  if (type !== CLUSTER) return values;
  for (const [oldPath, { path, isInList }] of Object.entries(NEW_PLACES)) {
    const [oldName, oldBlock] = oldPath.split(".").reverse();
    const [newName, newBlock] = path.split(".").reverse();
    const from = oldBlock ? values[oldBlock]?.[0] : values;
    const value = from?.[oldName];
    if (value === undefined) continue;
    delete from[oldName];
    const to = (values[newBlock] ??= [{}])[0];
    to[newName] ??= isInList ? listOf(value || undefined) : value;
  }
  return values;
}

/** The new path of an argument, which is the old one for most. */
export function inNewPlace(type: string, path: string): string {
  return (type === CLUSTER && NEW_PLACES[withoutIndices(path)]?.path) || path;
}
