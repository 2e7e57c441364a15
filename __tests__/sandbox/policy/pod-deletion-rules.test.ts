import { GRACE_PERIOD_ANNOTATION } from "../../../lib/sandbox/policy/policy-names";
import { denialsOf } from "../../support/cel";
import { policyOf } from "../../support/policies";

const GRACE = (seconds: number) =>
  `a long grace period keeps a pod alive while its namespace is deleted: delete it with --grace-period of ${seconds} or less`;
const YEAR = 31536000;

const policy = policyOf("sandbox-deletions");
const longer = { metadata: { annotations: { [GRACE_PERIOD_ANNOTATION]: String(YEAR) } } };
const oldObject = { metadata: {}, spec: {} };

test.each<[string, object, object | undefined, readonly string[]]>([
  ["without a word", {}, undefined, []],
  ["at once", { gracePeriodSeconds: 0 }, undefined, []],
  ["in time", { gracePeriodSeconds: 300 }, undefined, []],
  ["in a year", { gracePeriodSeconds: YEAR }, undefined, [GRACE(300)]],
  ["in a year where that is allowed", { gracePeriodSeconds: YEAR }, longer, []],
])("a pod is deleted or evicted %s", (_, options, namespace, denials) => {
  const deletion = { oldObject, namespace, request: { operation: "DELETE", options } };
  expect(denialsOf(policy, deletion)).toEqual(denials);
  const eviction = { object: { metadata: {}, deleteOptions: options }, namespace, request: { options: {} } };
  expect(denialsOf(policy, eviction)).toEqual(denials);
});

test("an eviction may have no options", () => {
  expect(denialsOf(policy, { object: { metadata: {} }, request: { options: {} } })).toEqual([]);
});
