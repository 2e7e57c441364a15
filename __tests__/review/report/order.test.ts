import { POOL } from "../../support/changes";
import { byAddress, clusterWith, reviewOf, stackOf } from "../../support/reviews";

test("what weighs most is told first", async () => {
  const changed = stackOf(clusterWith({ dns_prefix: "b" }, { priority: "Spot" }));
  const result = byAddress(await reviewOf({ s: stackOf(clusterWith()) }, { s: changed }));
  expect(result[POOL].arguments).toMatchObject([{ effect: "replace" }, { path: "priority", effect: "replace" }]);
  expect(result[POOL].why).toMatch(/^its nodes and the pods on them go away/);
});

test("what is as bad comes in the order of addresses", async () => {
  const data = (...ids: string[]) => stackOf({ terraform_data: Object.fromEntries(ids.map((id) => [id, {}])) });
  const { changes } = await reviewOf({ s: data("c", "a") }, { s: data("d", "b") });
  expect(changes.map(({ address }) => address.at(-1)).join("")).toBe("acbd");
});
