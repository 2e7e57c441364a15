import { changeExceptions, Exception } from "../../support/exceptions";
import { AZURERM, byAddress, clusterWith, reviewOf, stackOf } from "../../support/reviews";

/** Two configurations of a resource, before and after a change. */
type Pair = readonly [object, object];

/** A change that a rule is for, and one that it is not for. */
interface Examples {
  readonly applies: Pair;
  readonly not: Pair;
}

const POOL = "azurerm_kubernetes_cluster_node_pool";
const CLUSTER = "azurerm_kubernetes_cluster";
const CONFIG_MAP = "kubernetes_config_map_v1";

const profile = (network_profile: object) => ({ network_profile: { network_plugin: "azure", ...network_profile } });
const pool = (config: object) => ({
  default_node_pool: { name: "default", vm_size: "a", temporary_name_for_rotation: "tmp", ...config },
});
const settings = (upgrade_settings: object) => ({ upgrade_settings: { max_surge: "1", ...upgrade_settings } });
const windows = (gmsa?: object) => ({ windows_profile: { admin_username: "me", admin_password: "p", gmsa } });
const access = (more: object) => ({ api_server_access_profile: { authorized_ip_ranges: ["10.0.0.0/8"], ...more } });
const DNS = { dns_server: "10.0.0.1", root_domain: "a.b" };
const inMap = (more: object) => ({ metadata: { name: "m" }, ...more });
const PRINCIPAL = { client_id: "a", client_secret: "b" };

const DRAIN: Examples = {
  applies: [settings({ drain_timeout_in_minutes: 9 }), settings({})],
  not: [settings({ drain_timeout_in_minutes: 9 }), settings({ drain_timeout_in_minutes: 8 })],
};
const UNDRAINABLE: Examples = {
  applies: [settings({ undrainable_node_behavior: "Cordon" }), settings({})],
  not: [settings({ undrainable_node_behavior: "Cordon" }), settings({ undrainable_node_behavior: "Schedule" })],
};
const inPool = ({ applies, not }: Examples): Examples => ({
  applies: [pool(applies[0]), pool(applies[1])],
  not: [pool(not[0]), pool(not[1])],
});
const POD_ADDRESSES = (one: object, other: object): Examples => ({
  applies: [profile({ ...one, network_plugin_mode: "overlay" }), profile({ ...other, network_plugin_mode: "overlay" })],
  not: [profile({}), profile({ ...one, network_plugin_mode: "overlay" })],
});

const EXAMPLES: { readonly [rule: string]: Examples } = {
  [`${POOL} os_sku 3`]: {
    applies: [{ os_sku: "AzureLinux" }, { os_sku: "AzureLinux3" }],
    not: [{ os_sku: "AzureLinux" }, { os_sku: "Ubuntu" }],
  },
  [`${POOL} os_sku 4,5`]: {
    applies: [{ os_sku: "AzureLinux" }, { os_sku: "Windows2022" }],
    not: [{ os_sku: "AzureLinux" }, { os_sku: "Ubuntu2204" }],
  },
  [`${CLUSTER} default_node_pool.os_sku 3`]: {
    applies: [pool({ os_sku: "CBLMariner" }), pool({ os_sku: "AzureLinux" })],
    not: [pool({ os_sku: "Ubuntu" }), pool({ os_sku: "AzureLinux" })],
  },
  [`${CLUSTER} default_node_pool.os_sku 4,5`]: {
    applies: [pool({ os_sku: "Other" }), pool({ os_sku: "AzureLinux" })],
    not: [pool({}), pool({ os_sku: "AzureLinux3" })],
  },
  [`${CLUSTER} default_node_pool.name 3,4,5`]: {
    applies: [pool({ name: "a" }), pool({ name: "b" })],
    not: [pool({ name: "tmp" }), pool({ name: "b" })],
  },
  [`${POOL} upgrade_settings.drain_timeout_in_minutes 3,4,5`]: DRAIN,
  [`${CLUSTER} default_node_pool.upgrade_settings.drain_timeout_in_minutes 3,4,5`]: inPool(DRAIN),
  [`${POOL} upgrade_settings.undrainable_node_behavior 4,5`]: UNDRAINABLE,
  [`${CLUSTER} default_node_pool.upgrade_settings.undrainable_node_behavior 4,5`]: inPool(UNDRAINABLE),
  [`${CLUSTER} oidc_issuer_enabled 4,5`]: {
    applies: [{ oidc_issuer_enabled: true }, { oidc_issuer_enabled: false }],
    not: [{ oidc_issuer_enabled: false }, { oidc_issuer_enabled: true }],
  },
  [`${CLUSTER} service_principal.client_id 3,4,5`]: {
    applies: [{}, { identity: null, service_principal: PRINCIPAL }],
    not: [{ service_principal: PRINCIPAL }, { service_principal: { ...PRINCIPAL, client_id: "c" } }],
  },
  [`${CLUSTER} windows_profile.gmsa 3,4,5`]: { applies: [windows(DNS), windows()], not: [windows(), windows(DNS)] },
  [`${CLUSTER} windows_profile.gmsa.dns_server 3,4,5`]: {
    applies: [windows(DNS), windows({ ...DNS, dns_server: "" })],
    not: [windows(DNS), windows({ ...DNS, dns_server: "10.0.0.2" })],
  },
  [`${CLUSTER} windows_profile.gmsa.root_domain 3,4,5`]: {
    applies: [windows(DNS), windows({ ...DNS, root_domain: "" })],
    not: [windows(DNS), windows({ ...DNS, root_domain: "c.d" })],
  },
  [`${CLUSTER} api_server_access_profile.subnet_id 3,4,5`]: {
    applies: [access({ subnet_id: "a" }), access({})],
    not: [access({ subnet_id: "a" }), access({ subnet_id: "b" })],
  },
  [`${CLUSTER} custom_ca_trust_certificates_base64 3`]: {
    applies: [{ custom_ca_trust_certificates_base64: ["a"] }, {}],
    not: [{ custom_ca_trust_certificates_base64: ["a"] }, { custom_ca_trust_certificates_base64: ["b"] }],
  },
  [`${CLUSTER} network_profile.network_data_plane 3`]: {
    applies: [profile({ ebpf_data_plane: "azure" }), profile({ ebpf_data_plane: "cilium" })],
    not: [profile({}), profile({ ebpf_data_plane: "cilium" })],
  },
  [`${CLUSTER} network_profile.network_data_plane 4,5`]: {
    applies: [profile({ network_data_plane: "cilium" }), profile({ network_data_plane: "azure" })],
    not: [profile({ network_data_plane: "azure" }), profile({ network_data_plane: "cilium" })],
  },
  [`${CLUSTER} network_profile.network_plugin 4,5`]: {
    applies: [profile({ network_plugin: "kubenet" }), profile({ network_plugin: "azure" })],
    not: [profile({ network_plugin: "kubenet" }), profile({ network_plugin_mode: "overlay" })],
  },
  [`${CLUSTER} network_profile.network_plugin_mode 3,4,5`]: {
    applies: [profile({ network_plugin_mode: "overlay" }), profile({})],
    not: [profile({}), profile({ network_plugin_mode: "overlay" })],
  },
  [`${CLUSTER} network_profile.network_policy 3`]: {
    applies: [profile({ network_policy: "azure" }), profile({ network_policy: "cilium" })],
    not: [profile({ network_policy: "" }), profile({ network_policy: "cilium" })],
  },
  [`${CLUSTER} network_profile.network_policy 4,5`]: {
    applies: [profile({ network_policy: "azure" }), profile({ network_policy: "calico" })],
    not: [profile({ network_policy: "calico" }), profile({ network_policy: "cilium" })],
  },
  [`${CLUSTER} network_profile.pod_cidr 4,5`]: POD_ADDRESSES({ pod_cidr: "10.1.0.0/16" }, { pod_cidr: "10.2.0.0/16" }),
  [`${CLUSTER} network_profile.pod_cidrs 4,5`]: POD_ADDRESSES(
    { pod_cidrs: ["10.1.0.0/16"] },
    {
      pod_cidrs: ["10.2.0.0/16"],
    },
  ),
  [`${CLUSTER} network_profile.load_balancer_profile 3,4,5`]: {
    applies: [
      profile({ outbound_type: "userDefinedRouting" }),
      profile({ outbound_type: "userDefinedRouting", load_balancer_profile: { managed_outbound_ip_count: 2 } }),
    ],
    not: [profile({}), profile({ load_balancer_profile: { managed_outbound_ip_count: 2 } })],
  },
  [`${CLUSTER} network_profile.nat_gateway_profile 3,4,5`]: {
    applies: [profile({}), profile({ nat_gateway_profile: { idle_timeout_in_minutes: 9 } })],
    not: [
      profile({ nat_gateway_profile: { idle_timeout_in_minutes: 9 } }),
      profile({ nat_gateway_profile: { idle_timeout_in_minutes: 8 } }),
    ],
  },
  ...Object.fromEntries(
    [
      ["data", { a: "b" }, { a: "c" }],
      ["binary_data", { a: "b" }, { a: "c" }],
    ].map(([path, one, other]) => [
      `${CONFIG_MAP} ${path} 2`,
      {
        applies: [
          inMap({ immutable: true, [path as string]: one }),
          inMap({ immutable: true, [path as string]: other }),
        ],
        not: [inMap({ [path as string]: one }), inMap({ [path as string]: other })],
      },
    ]),
  ),
  "azurerm_log_analytics_workspace sku 3,4,5": {
    applies: [{ sku: "PerGB2018" }, { sku: "Standalone" }],
    not: [{ sku: "PerGB2018" }, { sku: "CapacityReservation" }],
  },
  "azurerm_monitor_data_collection_rule kind 3,4,5": {
    applies: [{ kind: "Linux" }, { kind: "Windows" }],
    not: [{}, { kind: "Linux" }],
  },
  [`${CONFIG_MAP} immutable 2`]: {
    applies: [inMap({ immutable: true }), inMap({ immutable: false })],
    not: [inMap({ immutable: false }), inMap({ immutable: true })],
  },
};

const nameOf = ({ resource, path, majors }: Exception) => `${resource} ${path} ${majors}`;

test("every rule has its examples", () => {
  expect(Object.keys(EXAMPLES).sort()).toEqual(changeExceptions().map(nameOf).sort());
});

async function verdictOf(type: string, [before, after]: Pair, major: keyof typeof AZURERM): Promise<string> {
  const stacks = [before, after].map((config) => {
    if (![CLUSTER, POOL].includes(type)) return stackOf({ [type]: { r: config } }, {}, major);
    return stackOf(type === CLUSTER ? clusterWith(config) : clusterWith({}, config), {}, major);
  });
  const id = type === CLUSTER ? "aks" : type === POOL ? "kata" : "r";
  return byAddress(await reviewOf({ s: stacks[0] }, { s: stacks[1] }))[`${type}.${id}`].verdict;
}

describe.each(changeExceptions().map((rule) => [nameOf(rule), rule] as const))("%s", (name, rule) => {
  const majors = rule.resource === CONFIG_MAP ? [4 as const] : (rule.majors as (keyof typeof AZURERM)[]);

  test.each(majors)("applies on azurerm %i", async (major) => {
    expect(await verdictOf(rule.resource, EXAMPLES[name].applies, major)).toBe(rule.change);
  });

  test.each(majors)("does not apply to all on azurerm %i", async (major) => {
    expect(await verdictOf(rule.resource, EXAMPLES[name].not, major)).toBe(rule.otherwise);
  });
});

test.each([
  [3, "replace"],
  [4, "replace"],
  [5, "update"],
] as const)("azurerm %i: a role assignment with another description is a %s", async (major, verdict) => {
  const [before, after] = ["a", "b"].map((text) =>
    stackOf({ azurerm_role_assignment: { r: { description: text } } }, {}, major),
  );
  expect(byAddress(await reviewOf({ s: before }, { s: after }))["azurerm_role_assignment.r"]).toMatchObject({
    verdict,
  });
});
