import { stackOf } from "../../support/reviews";
import { manifest, notesOn } from "../../support/changes";
import { Stack } from "../../support/reviews";

const policy = (spec: object, kind = "ValidatingAdmissionPolicy") => manifest({ kind, metadata: { name: "p" }, spec });
const binding = (spec: object) => manifest({ kind: "ValidatingAdmissionPolicyBinding", metadata: { name: "p" }, spec });
const admits = (names: string, size = 1024) => ({
  validations: [{ expression: `variables.runtimeClass in [${names}]`, message: "name a class" }],
  variables: [{ name: "podMemoryBytes", expression: `{'a': ${size * 1048576}.0}` }],
});
const sized = (size: string) =>
  policy({ ...admits("'a'"), variables: [{ name: "podMemory", expression: `{'a': ${size}}` }] });
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
    note: "`spec.validations` changes (gone or changed: `name a class`)",
  },
  {
    name: "a class",
    before: policy(admits("'a'")),
    after: policy(admits("'a', 'runc'")),
    note: "it admits pods of runtime class `runc`, too",
  },
  {
    name: "a size",
    before: policy(admits("'a'", 1024)),
    after: policy(admits("'a'", 2048)),
    note: "pods of runtime class `a` may have `2Gi` of memory, not just `1Gi`",
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
    note: "`spec.matchConstraints` changes",
  },
  {
    name: "a binding of other namespaces",
    before: binding({ matchResources: { namespaceSelector: { a: "b" } } }),
    after: binding({}),
    note: "`spec.matchResources` changes",
  },
  {
    name: "a binding of another policy",
    before: binding({ policyName: "a" }),
    after: binding({ policyName: "b" }),
    note: "`spec.policyName` changes",
  },
])("$name", async ({ before, after, note }) => {
  expect(await notesOn(before, after)).toContainEqual(expect.stringContaining(note));
  const isWeakerBothWays = /changes$/.test(note);
  const reverse = await notesOn(after, before);
  if (!isWeakerBothWays) expect(reverse.filter((text) => text.includes(note))).toEqual([]);
  expect(await notesOn(before, before)).toEqual([]);
});

test.each<{ name: string; before: Stack; after: Stack; notes: string[] }>([
  {
    name: "a condition that is added",
    before: policy({}),
    after: conditions("a"),
    notes: ["`spec.matchConditions` changes"],
  },
  {
    name: "a condition that is gone",
    before: conditions("a"),
    after: policy({}),
    notes: ["`spec.matchConditions` changes (gone or changed: `c0`)"],
  },
  {
    name: "another condition",
    before: conditions("a"),
    after: conditions("b"),
    notes: ["`spec.matchConditions` changes (gone or changed: `c0`)"],
  },
  {
    name: "another variable",
    before: variables("x"),
    after: variables("true"),
    notes: ["`spec.variables` changes (gone or changed: `isSized`)"],
  },
  {
    name: "a number in a check",
    before: checks("size(x) < 5"),
    after: checks("size(x) < 6"),
    notes: ["`spec.validations` changes (gone or changed: `size(x) < 5`)"],
  },
  {
    name: "a list of anything",
    before: checks("v in ['a']"),
    after: checks("v in ['a', 'b']"),
    notes: ["`spec.validations` changes (gone or changed: `v in ['a']`)"],
  },
  {
    name: "a class that goes",
    before: policy(admits("'a', 'b'")),
    after: policy(admits("'a'")),
    notes: ["pods of runtime class `b` are denied from now on"],
  },
  {
    name: "a smaller size",
    before: policy(admits("'a'", 2048)),
    after: policy(admits("'a'", 512)),
    notes: ["pods of runtime class `a` with more than `512Mi` of memory, up to `2Gi`, are denied from now on"],
  },
  {
    name: "a size in quotes",
    before: sized("'1Gi'"),
    after: sized("'1536Mi'"),
    notes: ["pods of runtime class `a` may have `1536Mi` of memory, not just `1Gi`"],
  },
  {
    name: "a size that is gone",
    before: policy(admits("'a'")),
    after: policy({ ...admits("'a'"), variables: [{ name: "podMemoryBytes", expression: "{}" }] }),
    notes: ["pods of runtime class `a` may have any amount of memory, not just `1Gi`"],
  },
  {
    name: "a map of anything",
    before: variables("{'a': 'b'}"),
    after: variables("{'a': 'c'}"),
    notes: ["`spec.variables` changes (gone or changed: `isSized`)"],
  },
  {
    name: "a size beside another check",
    before: policy({ ...admits("'a'"), matchConditions: [{ name: "c", expression: "x" }] }),
    after: policy({ ...admits("'a'", 2048), matchConditions: [{ name: "c", expression: "y" }] }),
    notes: [
      "pods of runtime class `a` may have `2Gi` of memory, not just `1Gi`",
      "`spec.matchConditions` changes (gone or changed: `c`)",
    ],
  },
  {
    name: "a parameter",
    before: binding({ paramRef: { name: "a" } }),
    after: binding({ paramRef: { name: "b" } }),
    notes: ["`spec.paramRef` changes"],
  },
  {
    name: "selectors",
    before: binding({ matchResources: { namespaceSelector: { a: "b" }, objectSelector: {} } }),
    after: binding({ matchResources: { namespaceSelector: { a: "c" }, objectSelector: { d: "e" } } }),
    notes: ["`spec.matchResources` changes"],
  },
  {
    name: "mutations",
    before: policy({ mutations: ["a"] }, "MutatingAdmissionPolicy"),
    after: policy({ mutations: ["b"] }, "MutatingAdmissionPolicy"),
    notes: ["`spec.mutations` changes (gone or changed: `a`)"],
  },
  { name: "a check that stays", before: checks("a", "b"), after: checks("b", "a"), notes: [] },
])("any change of a policy is told: $name", async ({ before, after, notes }) => {
  expect(await notesOn(before, after)).toEqual(
    notes.map((note) =>
      expect.stringMatching(`: ${note.replaceAll(/[[\]()^$.*+?|]/g, "\\$&")}(: see what is admitted now)?$`),
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
