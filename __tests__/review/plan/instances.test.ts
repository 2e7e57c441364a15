import { POOL, poolChange, verdicts } from "../../support/changes";
import { byAddress, clusterWith, reviewOf, stackOf } from "../../support/reviews";

const each = (for_each: unknown, pool: object, more: object = {}) =>
  stackOf(clusterWith({}, { for_each, ...pool }), more);

test.each<{ name: string; before: object; after: object; path: string }>([
  { name: "more", before: { count: 1 }, after: { count: 3 }, path: "count" },
  { name: "fewer", before: { count: 3 }, after: { count: 2 }, path: "count" },
  { name: "none", before: {}, after: { count: 0 }, path: "count" },
  { name: "other keys", before: { for_each: { a: {} } }, after: { for_each: { b: {} } }, path: "for_each" },
])("which instances come and go is not known: $name", async ({ before, after, path }) => {
  expect(await poolChange(before, after)).toMatchObject({
    verdict: "unknown",
    arguments: [{ path, effect: "unknown" }],
    why: "which instances come and go is not known to this review",
  });
});

test.each<{ name: string; count: string; more: (n: number) => object }>([
  { name: "a local value", count: "${local.n}", more: (n) => ({ locals: { n } }) },
  { name: "a variable", count: "${var.n}", more: (n) => ({ variable: { n: { default: n } } }) },
  {
    name: "a variable by way of a local value",
    count: "${local.n}",
    more: (n) => ({ locals: { n: "${var.n}" }, variable: { n: { default: n } } }),
  },
])("instances are counted by $name", async ({ count, more }) => {
  const counted = (n: number) => stackOf(clusterWith({}, { count }), more(n));
  expect(await verdicts(counted(1), counted(2))).toMatchObject({ [POOL]: "unknown" });
  expect(await verdicts(counted(1), counted(1))).toMatchObject({ [POOL]: "none" });
});

test("an argument of a block with instances is judged like any other", async () => {
  expect(await poolChange({ count: 2, vm_size: "a" }, { count: 2, vm_size: "b" })).toMatchObject({ verdict: "rotate" });
  const pools = (vm_size: string) => each({ a: 1, b: 1 }, { vm_size });
  expect(await verdicts(pools("a"), pools("b"))).toMatchObject({ [POOL]: "rotate" });
  expect(await poolChange({ count: 2, priority: "Spot" }, { count: 3 })).toMatchObject({ verdict: "replace" });
});

test("what takes a value of a map that changes may be another one", async () => {
  const pools = (size: string) => each({ a: { size } }, { vm_size: "${each.value.size}" });
  const { arguments: changed } = byAddress(await reviewOf({ s: pools("a") }, { s: pools("b") }))[POOL];
  expect(changed).toMatchObject([{ path: "for_each", effect: "unknown" }]);
  expect(await verdicts(pools("a"), pools("a"))).toMatchObject({ [POOL]: "none" });
});

test("what refers to instances that come and go is not known", async () => {
  const data = (count: number, on: string) =>
    stackOf({ terraform_data: { z: { count }, t: { triggers_replace: on } } });
  for (const on of ['${join("", terraform_data.z[*].id)}', "${terraform_data.z[0].id}", "${terraform_data.z.*.id}"]) {
    expect(await verdicts(data(1, on), data(2, on))).toMatchObject({ "terraform_data.t": "unknown" });
    expect(await verdicts(data(1, on), data(1, on))).toMatchObject({ "terraform_data.t": "none" });
  }
});

test("what refers to an argument of instances that changes is another one", async () => {
  const on = "${azurerm_kubernetes_cluster_node_pool.kata[0].node_count}";
  const stack = (node_count: number) =>
    stackOf({ ...clusterWith({}, { count: 1, node_count }), terraform_data: { t: { triggers_replace: on } } });
  expect(await verdicts(stack(1), stack(2))).toMatchObject({ "terraform_data.t": "replace" });
});

test("a module with other instances is not known", async () => {
  const net = (more: object) => stackOf({}, { module: { net: { source: "./net", ...more } } });
  expect(await verdicts(net({}), net({ count: 1 }))).toEqual({ "module.net": "unknown" });
});

test("instances that move to other addresses are not known", async () => {
  const move = (from: string, to: string) => ({ from: `terraform_data.${from}`, to: `terraform_data.${to}` });
  const before = stackOf({ terraform_data: { a: { for_each: { x: 1, y: 1, z: 1 } } } });
  const after = stackOf({ terraform_data: { x: {}, y: {} } }, { moved: [move('a["x"]', "x"), move('a["y"]', "y")] });
  expect(await verdicts(before, after)).toEqual({
    "terraform_data.a": "unknown",
    "terraform_data.x": "unknown",
    "terraform_data.y": "unknown",
  });
});
