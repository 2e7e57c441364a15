import { CLUSTER, POOL, clusterChange, verdicts } from "../../support/changes";
import { byAddress, clusterWith, reviewOf, Stack, stackOf, verdictsOf } from "../../support/reviews";

test("what no schema has is not known, and not shown", async () => {
  const group = (display_name?: string) => stackOf({ azuread_group: { team: { display_name } } });
  const result = await reviewOf({ cluster: group("a") }, { cluster: group("b") });
  expect(result.changes).toMatchObject([
    {
      verdict: "unknown",
      arguments: [{ path: "display_name", before: "(not shown)", after: "(not shown)", effect: "unknown" }],
      why: expect.stringContaining("effect not known to this review"),
    },
  ]);
  const gone = await reviewOf({ cluster: group("a") }, { cluster: group() });
  expect(gone.changes).toMatchObject([{ verdict: "unknown", arguments: [{ before: "(not shown)", after: null }] }]);
});

test("a stack that goes destroys what it made, and says so", async () => {
  const other = stackOf({});
  const result = await reviewOf({ cluster: stackOf(clusterWith()), other }, { other });
  expect(verdictsOf(result)).toEqual({ [CLUSTER]: "destroy", [POOL]: "destroy" });
  expect(byAddress(result)[POOL].why).toMatch(/^its stack is gone from the output; its nodes/);
  expect(result.notes).toContainEqual(expect.stringContaining("its verdicts here are those of `cdktf destroy`"));
});

test("what azurerm may have filled in with just this is known only at apply", async () => {
  expect(await clusterChange({}, { oidc_issuer_enabled: false })).toMatchObject({ verdict: "unknown" });
});

test("a stack without versions is judged by the newest, and one of an unknown version is not judged", async () => {
  const bare = (pool: object, terraform?: object) => ({ ...stackOf(clusterWith({}, pool)), terraform });
  expect(await verdicts(bare({}), bare({ max_pods: 50 }))).toMatchObject({ [POOL]: "rotate" });
  const two = { required_providers: { azurerm: { version: "~> 2.0" } } };
  expect(await verdicts(bare({}, two), bare({ max_pods: 50 }, two))).toMatchObject({ [POOL]: "unknown" });
});

test.each<{ name: string; after: { [stack: string]: Stack }; message: string }>([
  { name: "no stack", after: {}, message: 'after" has no stack: synthesise again' },
  {
    name: "a stack that is none",
    after: { s: { moved: "x", resource: { a: { b: { lifecycle: 5, ignore_changes: 5 } } } } },
    message: "null stands where an address is expected: synthesise again",
  },
])("$name is refused", async ({ after, message }) => {
  await expect(reviewOf({}, after)).rejects.toThrow(message);
});

test("a stack that comes creates", async () => {
  expect(verdictsOf(await reviewOf({}, { cluster: stackOf(clusterWith()) }))).toEqual({
    [CLUSTER]: "create",
    [POOL]: "create",
  });
});
