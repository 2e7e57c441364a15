import { bytes } from "../../../lib/validation/quantity";
import { stackOf } from "../../support/reviews";
import { manifest, notesOn } from "../../support/changes";
import { Stack } from "../../support/reviews";

const policy = (spec: object, kind = "ValidatingAdmissionPolicy") => manifest({ kind, metadata: { name: "p" }, spec });
const binding = (spec: object) => manifest({ kind: "ValidatingAdmissionPolicyBinding", metadata: { name: "p" }, spec });
const admits = (names: string, size = "1Gi") => ({
  validations: [{ expression: `variables.runtimeClass in [${names}]`, message: `name one of ${names}` }],
  variables: [
    { name: "podMemory", expression: `{'a': '${size}'}` },
    { name: "podMemoryBytes", expression: `{'a': ${bytes(size)}.0}` },
  ],
});
const checks = (...expressions: string[]) => policy({ validations: expressions.map((expression) => ({ expression })) });
const variables = (expression: string) => policy({ variables: [{ name: "isSized", expression }] });
const conditions = (...expressions: string[]) =>
  policy({ matchConditions: expressions.map((expression, i) => ({ name: `c${i}`, expression })) });

test.each<{ name: string; before: Stack; after: Stack; note: string }>([
  {
    name: "a policy that fails open",
    before: policy({ failurePolicy: "Fail" }),
    after: policy({ failurePolicy: "Ignore" }),
    note: "pods that the policy cannot judge are admitted",
  },
  {
    name: "a validation",
    before: policy(admits("'a'")),
    after: policy({ validations: [] }),
    note: "no longer: pods of runtime class `a` with at most `1Gi` of memory and `spec.validations` `name one of 'a'`",
  },
  {
    name: "a class",
    before: policy(admits("'a'")),
    after: policy(admits("'a', 'runc'")),
    note: "now: pods of runtime class `runc` with any amount of memory",
  },
  {
    name: "a size",
    before: policy(admits("'a'", "1Gi")),
    after: policy(admits("'a'", "2Gi")),
    note: "now: pods of runtime class `a` with at most `2Gi` of memory; no longer: pods of runtime class `a` with at most `1Gi` of memory",
  },
  {
    name: "a policy",
    before: policy(admits("'a'")),
    after: stackOf({}),
    note: "what it denied is admitted",
  },
  {
    name: "a binding that warns",
    before: binding({ validationActions: ["Deny"] }),
    after: binding({ validationActions: ["Warn"] }),
    note: "pods that break the policy are admitted",
  },
  { name: "a binding", before: binding({}), after: stackOf({}), note: "its policy holds nobody" },
  {
    name: "a policy that fails open for the first time",
    before: policy({}),
    after: policy({ failurePolicy: "Ignore" }),
    note: "pods that the policy cannot judge are admitted",
  },
  {
    name: "a policy that looks elsewhere",
    before: policy({ matchConstraints: { resourceRules: [{ resources: ["pods"] }] } }),
    after: policy({ matchConstraints: { resourceRules: [] } }),
    note: "different: `spec.matchConstraints`",
  },
  {
    name: "a binding of all namespaces",
    before: binding({ matchResources: { namespaceSelector: { a: "b" } } }),
    after: binding({}),
    note: "no longer: `spec.matchResources`",
  },
  {
    name: "a binding of another policy",
    before: binding({ policyName: "a" }),
    after: binding({ policyName: "b" }),
    note: "different: `spec.policyName`",
  },
])("$name", async ({ before, after, note }) => {
  expect(await notesOn(before, after)).toContainEqual(expect.stringContaining(note));
  const isWeakerBothWays = /different/.test(note);
  const reverse = await notesOn(after, before);
  if (!isWeakerBothWays) expect(reverse.filter((text) => text.includes(note))).toEqual([]);
  expect(await notesOn(before, before)).toEqual([]);
});

test.each<{ name: string; before: Stack; after: Stack; notes: string[] }>([
  {
    name: "a condition that is added",
    before: policy({}),
    after: conditions("a"),
    notes: ["now: `spec.matchConditions` `c0`"],
  },
  {
    name: "a condition that is gone",
    before: conditions("a"),
    after: policy({}),
    notes: ["no longer: `spec.matchConditions` `c0`"],
  },
  {
    name: "another condition",
    before: conditions("a"),
    after: conditions("b"),
    notes: ["different: `spec.matchConditions` `c0`"],
  },
  {
    name: "another variable",
    before: variables("x"),
    after: variables("true"),
    notes: ["different: `spec.variables` `isSized`"],
  },
  {
    name: "a number in a check",
    before: checks("size(x) < 5"),
    after: checks("size(x) < 6"),
    notes: ["now: `spec.validations` `size(x) < 6`; no longer: `spec.validations` `size(x) < 5`"],
  },
  {
    name: "a list of anything",
    before: checks("v in ['a']"),
    after: checks("v in ['a', 'b']"),
    notes: ["now: `spec.validations` `v in ['a', 'b']`; no longer: `spec.validations` `v in ['a']`"],
  },
  {
    name: "a class that goes",
    before: policy(admits("'a', 'b'")),
    after: policy(admits("'a'")),
    notes: ["no longer: pods of runtime class `b` with any amount of memory"],
  },
  {
    name: "a smaller size",
    before: policy(admits("'a'", "2Gi")),
    after: policy(admits("'a'", "512Mi")),
    notes: [
      "now: pods of runtime class `a` with at most `512Mi` of memory; no longer: pods of runtime class `a` with at most `2Gi` of memory; pods beyond such a size are denied from now on",
    ],
  },
  {
    name: "a size that is gone",
    before: policy(admits("'a'")),
    after: policy({ ...admits("'a'"), variables: [] }),
    notes: [
      "now: pods of runtime class `a` with any amount of memory; no longer: pods of runtime class `a` with at most `1Gi` of memory",
    ],
  },
  {
    name: "a map of anything",
    before: variables("{'a': 'b'}"),
    after: variables("{'a': 'c'}"),
    notes: ["different: `spec.variables` `isSized`"],
  },
  {
    name: "a size beside another check",
    before: policy({ ...admits("'a'"), matchConditions: [{ name: "c", expression: "x" }] }),
    after: policy({ ...admits("'a'", "2Gi"), matchConditions: [{ name: "c", expression: "y" }] }),
    notes: [
      "now: pods of runtime class `a` with at most `2Gi` of memory; no longer: pods of runtime class `a` with at most `1Gi` of memory; different: `spec.matchConditions` `c`; pods beyond such a size are denied from now on",
    ],
  },
  {
    name: "a parameter",
    before: binding({ paramRef: { name: "a" } }),
    after: binding({ paramRef: { name: "b" } }),
    notes: ["different: `spec.paramRef`"],
  },
  {
    name: "selectors",
    before: binding({ matchResources: { namespaceSelector: { a: "b" }, objectSelector: {} } }),
    after: binding({ matchResources: { namespaceSelector: { a: "c" }, objectSelector: { d: "e" } } }),
    notes: ["different: `spec.matchResources`"],
  },
  {
    name: "mutations",
    before: policy({ mutations: ["a"] }, "MutatingAdmissionPolicy"),
    after: policy({ mutations: ["b"] }, "MutatingAdmissionPolicy"),
    notes: ["now: `spec.mutations` `b`; no longer: `spec.mutations` `a`"],
  },
  { name: "a check that stays", before: checks("a", "b"), after: checks("b", "a"), notes: [] },
])("any change of a policy is told: $name", async ({ before, after, notes }) => {
  expect(await notesOn(before, after)).toEqual(
    notes.map((note) =>
      expect.stringMatching(`: what it admits changes; ${note.replaceAll(/[[\]()^$.*+?|]/g, "\\$&")}$`),
    ),
  );
});

test.each<{ name: string; before: Stack; after: Stack }>([
  {
    name: "validations",
    before: policy(admits("'a'")),
    after: policy({ ...admits("'a'"), validations: "${local.validations}" }),
  },
  {
    name: "actions",
    before: binding({ validationActions: ["Deny"] }),
    after: binding({ validationActions: "${var.actions}" }),
  },
])("not $name that only Terraform knows", async ({ before, after }) => {
  expect(await notesOn(before, after)).toEqual([]);
});
