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
    note: "no longer: pods of runtime class `a` with at most `1Gi` of memory and `name one of 'a'`",
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
    note: "it looks at other requests or parameters",
  },
  {
    name: "a binding of all namespaces",
    before: binding({ matchResources: { namespaceSelector: { a: "b" } } }),
    after: binding({}),
    note: "it binds otherwise (`policyName`, `paramRef` or `matchResources`)",
  },
  {
    name: "a binding of another policy",
    before: binding({ policyName: "a" }),
    after: binding({ policyName: "b" }),
    note: "it binds otherwise (`policyName`, `paramRef` or `matchResources`)",
  },
])("$name", async ({ before, after, note }) => {
  expect(await notesOn(before, after)).toContainEqual(expect.stringContaining(note));
  const isWeakerBothWays = /looks at|binds/.test(note);
  const reverse = await notesOn(after, before);
  if (!isWeakerBothWays) expect(reverse.filter((text) => text.includes(note))).toEqual([]);
  expect(await notesOn(before, before)).toEqual([]);
});

const ADMITS = "what it admits changes";
const REQUESTS = "it looks at other requests or parameters (`matchConstraints`, `matchConditions` or `paramKind`)";
const BINDS = "it binds otherwise (`policyName`, `paramRef` or `matchResources`)";

test.each<{ name: string; before: Stack; after: Stack; notes: string[] }>([
  {
    name: "a condition that is added",
    before: policy({}),
    after: conditions("a"),
    notes: [REQUESTS, "what it admits changes; now: `c0`"],
  },
  {
    name: "a condition that is gone",
    before: conditions("a"),
    after: policy({}),
    notes: [REQUESTS, "what it admits changes; no longer: `c0`"],
  },
  {
    name: "another condition",
    before: conditions("a"),
    after: conditions("b"),
    notes: [REQUESTS],
  },
  {
    name: "another variable",
    before: variables("x"),
    after: variables("true"),
    notes: [ADMITS],
  },
  {
    name: "a number in a check",
    before: checks("size(x) < 5"),
    after: checks("size(x) < 6"),
    notes: ["what it admits changes; now: `size(x) < 6`; no longer: `size(x) < 5`"],
  },
  {
    name: "a list of anything",
    before: checks("v in ['a']"),
    after: checks("v in ['a', 'b']"),
    notes: ["what it admits changes; now: `v in ['a', 'b']`; no longer: `v in ['a']`"],
  },
  {
    name: "a class that goes",
    before: policy(admits("'a', 'b'")),
    after: policy(admits("'a'")),
    notes: ["what it admits changes; no longer: pods of runtime class `b` with any amount of memory"],
  },
  {
    name: "a smaller size",
    before: policy(admits("'a'", "2Gi")),
    after: policy(admits("'a'", "512Mi")),
    notes: [
      "what it admits changes; now: pods of runtime class `a` with at most `512Mi` of memory; no longer: pods of runtime class `a` with at most `2Gi` of memory; pods beyond such a size are denied from now on",
    ],
  },
  {
    name: "a size that is gone",
    before: policy(admits("'a'")),
    after: policy({ ...admits("'a'"), variables: [] }),
    notes: [
      "what it admits changes; now: pods of runtime class `a` with any amount of memory; no longer: pods of runtime class `a` with at most `1Gi` of memory",
    ],
  },
  {
    name: "a map of anything",
    before: variables("{'a': 'b'}"),
    after: variables("{'a': 'c'}"),
    notes: [ADMITS],
  },
  {
    name: "a size beside another check",
    before: policy({ ...admits("'a'"), matchConditions: [{ name: "c", expression: "x" }] }),
    after: policy({ ...admits("'a'", "2Gi"), matchConditions: [{ name: "c", expression: "y" }] }),
    notes: [
      REQUESTS,
      "what it admits changes; now: pods of runtime class `a` with at most `2Gi` of memory; no longer: pods of runtime class `a` with at most `1Gi` of memory; pods beyond such a size are denied from now on",
    ],
  },
  {
    name: "a parameter with an expression in it",
    before: binding({ paramRef: { name: "${var.name}", namespace: "a" } }),
    after: binding({ paramRef: { name: "${var.name}", namespace: "b" } }),
    notes: [BINDS],
  },
  {
    name: "a parameter",
    before: binding({ paramRef: { name: "a" } }),
    after: binding({ paramRef: { name: "b" } }),
    notes: [BINDS, "what it admits changes; now: `b`; no longer: `a`"],
  },
  {
    name: "selectors",
    before: binding({ matchResources: { namespaceSelector: { a: "b" }, objectSelector: {} } }),
    after: binding({ matchResources: { namespaceSelector: { a: "c" }, objectSelector: { d: "e" } } }),
    notes: [BINDS],
  },
  {
    name: "mutations",
    before: policy({ mutations: ["a"] }, "MutatingAdmissionPolicy"),
    after: policy({ mutations: ["b"] }, "MutatingAdmissionPolicy"),
    notes: ["it changes pods in another way (`mutations`, `variables` or `reinvocationPolicy`)"],
  },
  { name: "checks in another order", before: checks("a", "b"), after: checks("b", "a"), notes: [ADMITS] },
])("any change of a policy is told: $name", async ({ before, after, notes }) => {
  const told = await notesOn(before, after);
  expect(told.map((note) => note.slice(note.indexOf(": ") + 2))).toEqual(notes);
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
