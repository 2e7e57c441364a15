import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { review, Review } from "../../../lib/review";
import { CLUSTER, POOL } from "../../support/changes";
import { byAddress, clusterWith, stackOf, writeStacks } from "../../support/reviews";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plan-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A resource in the output of `terraform show -json`. */
function planned(address: string, actions: string[], before: object | null, after: object | null, more: object = {}) {
  const [type] = address.replace(/^module\.[^.]+\./, "").split(".");
  return { address, mode: "managed", type, change: { actions, before, after, after_unknown: {}, ...more } };
}

function reviewWith(before: object, after: object, resource_changes: object[] | string): Promise<Review> {
  const file = join(folder, "plan.json");
  writeFileSync(file, typeof resource_changes === "string" ? resource_changes : JSON.stringify({ resource_changes }));
  const [old, next] = [before, after].map((s, i) => writeStacks(join(folder, String(i)), { s, other: stackOf({}) }));
  return review(old, next, { plans: { s: file } });
}

const stack = (pool: object, cluster: object = {}) => stackOf(clusterWith(cluster, pool));
const POOL_STATE = {
  name: "kata",
  vm_size: "Standard_D4s_v5",
  node_count: 1,
  id: "i",
  max_pods: 30,
  zones: [],
  kubelet_config: [],
};

test("an action of the plan wins, and what text cannot know is known", async () => {
  const after = stack({ vm_size: "${var.size}" });
  const same = await reviewWith(stack({}), after, [planned(POOL, ["no-op"], POOL_STATE, POOL_STATE)]);
  expect(byAddress(same)).toMatchObject({ [POOL]: { verdict: "none", source: "plan" }, [CLUSTER]: { source: "text" } });
  const other = planned(POOL, ["update"], POOL_STATE, { ...POOL_STATE, node_count: 3 });
  expect(byAddress(await reviewWith(stack({}), after, [other]))[POOL]).toMatchObject({
    verdict: "update",
    source: "plan",
    arguments: [{ path: "node_count", before: 1, after: 3, effect: "update" }],
  });
});

test("a rotation, which a plan calls an update, stays one", async () => {
  const rotated = planned(POOL, ["update"], POOL_STATE, { ...POOL_STATE, vm_size: "Standard_D8s_v5" });
  const result = await reviewWith(stack({}), stack({ vm_size: "${var.size}" }), [rotated]);
  expect(byAddress(result)[POOL]).toMatchObject({
    verdict: "rotate",
    arguments: [{ path: "vm_size", before: "Standard_D4s_v5", after: "Standard_D8s_v5", effect: "rotate" }],
  });
});

test.each<{ name: string; actions: string[]; verdict: string }>([
  { name: "deletes first", actions: ["delete", "create"], verdict: "replace" },
  { name: "creates first", actions: ["create", "delete"], verdict: "replace" },
  { name: "deletes", actions: ["delete"], verdict: "destroy" },
  { name: "forgets", actions: ["forget"], verdict: "none" },
  { name: "does what the review does not know", actions: ["dance"], verdict: "unknown" },
])("a plan that $name", async ({ actions, verdict }) => {
  const result = await reviewWith(stack({}), stack({}), [planned(POOL, actions, POOL_STATE, POOL_STATE)]);
  expect(byAddress(result)[POOL]).toMatchObject({ verdict, source: "plan" });
});

test("the paths that force the replacement are those of the plan, and what it computes is known after apply", async () => {
  const change = planned(
    POOL,
    ["delete", "create"],
    { ...POOL_STATE, os_sku: "Ubuntu", vnet_subnet_id: "a" },
    { ...POOL_STATE, os_sku: "AzureLinux", max_pods: null, id: null },
    {
      after_unknown: { max_pods: true, id: true, vnet_subnet_id: true },
      replace_paths: [["os_sku"]],
    },
  );
  const result = await reviewWith(stack({}), stack({}), [change]);
  expect(byAddress(result)[POOL]).toMatchObject({
    verdict: "replace",
    arguments: [
      { path: "os_sku", before: "Ubuntu", after: "AzureLinux", effect: "replace" },
      { path: "vnet_subnet_id", before: "a", after: "(known after apply)", effect: "rotate" },
    ],
  });
});

test("instances, and what is in modules, are those of their block", async () => {
  const counted = stackOf({ ...clusterWith({}, { count: 2 }) }, { module: { net: { source: "./net" } } });
  const result = await reviewWith(counted, counted, [
    planned(`${POOL}[0]`, ["no-op"], POOL_STATE, POOL_STATE),
    planned(`${POOL}[1]`, ["delete"], POOL_STATE, null),
    planned("module.net.azurerm_subnet.s", ["update"], {}, {}),
  ]);
  expect(byAddress(result)).toMatchObject({ [POOL]: { verdict: "destroy" }, "module.net": { verdict: "update" } });
});

test("what only the state has is told", async () => {
  const stranger = planned("azurerm_subnet.s", ["delete"], { name: "s" }, null);
  const still = planned("azurerm_subnet.t", ["no-op"], { name: "t" }, { name: "t" });
  const result = byAddress(await reviewWith(stack({}), stack({}), [stranger, still]));
  expect(result["azurerm_subnet.s"]).toMatchObject({ verdict: "destroy", source: "plan" });
  expect(Object.keys(result)).toHaveLength(3);
});

test("the review still adds what no plan says", async () => {
  const lost = planned(
    POOL,
    ["update"],
    { ...POOL_STATE, workload_runtime: "KataVmIsolation" },
    { ...POOL_STATE, workload_runtime: null },
  );
  const { notes } = await reviewWith(stack({ workload_runtime: "KataVmIsolation" }), stack({}), [lost]);
  expect(notes).toContainEqual(expect.stringContaining("the pool loses its kata runtime"));
});

test("secrets of a plan are not shown", async () => {
  const principal = (client_secret: string) => ({
    service_principal: [{ client_id: "i", client_secret }],
    tags: { a: client_secret },
  });
  const change = planned(CLUSTER, ["update"], principal("hunter2"), principal("hunter3"), {
    before_sensitive: { tags: { a: true } },
    after_sensitive: { tags: true },
  });
  const result = await reviewWith(stack({}), stack({}), [change]);
  expect(byAddress(result)[CLUSTER].arguments.map(({ path }) => path)).toEqual([
    "service_principal.client_secret",
    "tags.a",
  ]);
  expect(JSON.stringify(result) + result.toMarkdown()).not.toContain("hunter");
});

test("where each verdict comes from is said", async () => {
  const still = [planned(POOL, ["no-op"], POOL_STATE, POOL_STATE), planned(CLUSTER, ["no-op"], {}, {})];
  expect((await reviewWith(stack({}), stack({}), still)).toMarkdown()).toContain(
    "2 resources do not change. All verdicts are told from the text of both outputs, except those that the plan of stack `s` has.",
  );
  rmSync(folder, { recursive: true });
  folder = mkdtempSync(join(tmpdir(), "plan-"));
  const { changes } = await reviewWith(stack({}), stack({}), still.slice(1));
  expect(changes).toMatchObject([{ source: "plan" }, { source: "text" }]);
});

test.each(["{", "[]", '{"resource_changes": "hunter2"}'])("refuses %s in one sentence", async (text) => {
  await expect(reviewWith(stack({}), stack({}), text)).rejects.toThrow(
    /^".*plan\.json" is not a plan in JSON: write it with terraform show -json PLAN$/,
  );
});
