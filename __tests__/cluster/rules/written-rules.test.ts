import * as clusterBindings from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import * as poolBindings from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import { join } from "node:path";
import { PodSandboxing } from "../../../lib";
import {
  argumentNameInBindings,
  brokenClusterRules,
  brokenNodePoolRules,
} from "../../../lib/cluster/rules/written-rules";
import { BoundArguments, boundArguments } from "../../../lib/validation/bindings";
import { clusterStack, KATA_POOL } from "../../support/clusters";
import { PROJECT } from "../../support/synth";

class Unknown {}

const READER = { azurermMajor: 4, isUnknown: (value: unknown) => value instanceof Unknown };
const OVERLAY = { network_plugin: "azure", network_plugin_mode: "overlay" };

describe("the arguments of a cluster as they are written", () => {
  test.each([
    ["a mistake", { identity: { type: "SystemAssigned" }, service_principal: {} }, "identity and servicePrincipal"],
    ["one in a block", { network_profile: { ...OVERLAY, network_policy: "cilium" } }, "networkDataPlane cilium"],
    ["one in the default node pool", { default_node_pool: { node_count: 0 } }, "nodeCount 0 is out of range"],
    ["a label", { default_node_pool: { node_labels: { a_b_: "c" } } }, 'node label "a_b_" is not valid'],
  ])("%s is found", (_, written, message) => {
    const broken = { message: expect.stringContaining(message) as string, warns: false };
    expect(brokenClusterRules(written, READER)).toEqual([expect.objectContaining(broken)]);
  });

  test.each([
    ["nothing", {}],
    ["nulls", { identity: { type: "SystemAssigned" }, service_principal: null }],
    ["values known after apply", { workload_identity_enabled: true, oidc_issuer_enabled: new Unknown() }],
    ["a block known after apply", { network_profile: new Unknown(), default_node_pool: new Unknown() }],
    ["a network", { network_profile: { ...OVERLAY, network_policy: "cilium", network_data_plane: "cilium" } }],
  ])("%s pass", (_, written) => {
    expect(brokenClusterRules(written, READER)).toEqual([]);
  });

  test("a rule of one major is for it alone", () => {
    const written = { workload_identity_enabled: true };
    expect(brokenClusterRules(written, READER)).toHaveLength(1);
    expect(brokenClusterRules(written, { ...READER, azurermMajor: 5 })).toEqual([]);
  });
});

describe("the arguments of a node pool as they are written", () => {
  const kata = { ...READER, isKata: true };

  test("an error is found", () => {
    expect(brokenNodePoolRules({ min_count: 3, max_count: 1 }, { ...READER, isKata: false })[0].message).toBe(
      "minCount 3 is more than maxCount 1: lower minCount",
    );
  });

  test("rules of kata pools are for kata pools", () => {
    const written = { vm_size: "Standard_D4s_v5", fips_enabled: true };
    expect(brokenNodePoolRules(written, kata)).toHaveLength(1);
    expect(brokenNodePoolRules(written, { ...READER, isKata: false })).toEqual([]);
  });

  test("what its cluster says is read", () => {
    const cluster = { node_os_upgrade_channel: "Unmanaged" };
    expect(brokenNodePoolRules({}, { ...kata, cluster })).toEqual([
      { message: expect.stringContaining("leaves kata nodes without patches"), warns: true },
    ]);
  });
});

test("what the constructs write breaks no rule", () => {
  const { resource } = clusterStack({ podSandboxing: PodSandboxing.GA }, (aks) =>
    aks.addKataNodePool("kata", KATA_POOL),
  );
  const [cluster] = Object.values<object>(resource.azurerm_kubernetes_cluster);
  const [pool] = Object.values<object>(resource.azurerm_kubernetes_cluster_node_pool);
  expect(brokenClusterRules({ ...cluster }, READER)).toEqual([]);
  expect(brokenNodePoolRules({ ...pool }, { ...READER, isKata: true, cluster: { ...cluster } })).toEqual([]);
});

test("arguments have the names of the bindings", () => {
  const others = (bound: BoundArguments): string[] =>
    [...bound].flatMap(([name, argument]) => [
      ...(argumentNameInBindings(argument.name) === name ? [] : [name]),
      ...others(argument.inside()),
    ]);
  expect(others(boundArguments(clusterBindings, "KubernetesCluster"))).toEqual([]);
  expect(others(boundArguments(poolBindings, "KubernetesClusterNodePool"))).toEqual([]);
});

test("they load neither cdktf nor bindings", () => {
  const theirs = expect.stringMatching(/node_modules.(cdktf|constructs|@cdktf.provider-\w+)./);
  expect(filesLoadedBy("lib/cluster/rules/written-rules")).not.toContainEqual(theirs);
  expect(filesLoadedBy("lib/cluster/aks-cluster")).toContainEqual(theirs);
});

function filesLoadedBy(file: string): readonly string[] {
  const modules = new Set([require.cache[require.resolve(join(PROJECT, file))]!]);
  for (const { children } of modules) for (const child of children) modules.add(child);
  return [...modules].map(({ filename }) => filename);
}
