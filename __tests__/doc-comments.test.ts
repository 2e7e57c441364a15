import * as ts from "typescript";
import { CLUSTER_RULES, EXISTING_CLUSTER_RULES } from "../lib/cluster/rules/cluster-rules";
import { KATA_NODE_POOL_RULES } from "../lib/cluster/rules/kata-node-pool-rules";
import { NODE_POOL_RULES } from "../lib/cluster/rules/node-pool-rules";
import { WORKLOAD_IDENTITY_RULES } from "../lib/cluster/rules/workload-identity-rules";
import { ISOLATION_CHECK_RULES } from "../lib/sandbox/rules/isolation-check-rules";
import { NAMESPACE_RULES } from "../lib/sandbox/rules/namespace-rules";
import { NETWORK_OPENING_RULES } from "../lib/sandbox/rules/network-opening-rules";
import { NAMESPACE_OPTION_RULES } from "../lib/sandbox/rules/policy-rules";
import { RUNTIME_CLASS_RULES } from "../lib/sandbox/rules/runtime-class-rules";
import { TOLERATION_RULES } from "../lib/sandbox/rules/toleration-rules";
import { Rule } from "../lib/validation/rule";
import { Declared, EXPORTED, isClassOrInterface, membersOf, parentsOf } from "./support/declarations";

/** The rules that props are held to, by the interface that declares them. */
const RULES: { readonly [props: string]: readonly Rule<never>[] } = {
  AksClusterProps: CLUSTER_RULES,
  ExistingAksClusterProps: EXISTING_CLUSTER_RULES,
  DefaultNodePoolOptions: NODE_POOL_RULES,
  NodePoolOptions: NODE_POOL_RULES,
  KataNodePoolOptions: KATA_NODE_POOL_RULES,
  WorkloadIdentityProps: WORKLOAD_IDENTITY_RULES,
  WorkloadIdentityOptions: WORKLOAD_IDENTITY_RULES,
  KataRuntimeClassOptions: RUNTIME_CLASS_RULES,
  SandboxedNamespaceOptions: NAMESPACE_RULES,
  NamespacePolicyOptions: [...NAMESPACE_RULES, ...NAMESPACE_OPTION_RULES],
  IsolationCheckOptions: ISOLATION_CHECK_RULES,
  NetworkOpening: NETWORK_OPENING_RULES,
  Toleration: TOLERATION_RULES,
};

const UNIT = /quantity|seconds|minutes|hours|nodes|pods|port/i;

const MEMBERS = [...EXPORTED.values()].flatMap(({ name: of, node }) =>
  isClassOrInterface(node) ? membersOf(node).map((member) => ({ ...member, of, parents: parentsOf(node) })) : [],
);

/** Props that somebody writes. */
const PROPS = MEMBERS.filter(({ of }) => /(Props|Options)$|^NetworkOpening$|^Toleration$/.test(of));

const named = (members: typeof MEMBERS) => members.map(({ of, name }) => `${of}.${name}`);

test("the entry points are read", () => {
  expect(EXPORTED.size).toBeGreaterThan(50);
  expect(PROPS.length).toBeGreaterThan(60);
});

test("everything exported has a doc comment", () => {
  expect([...EXPORTED.values()].filter(({ text }) => text === "").map(({ name }) => name)).toEqual([]);
});

test("every member has a doc comment, its own or an inherited one", () => {
  const isDocumented = ({ name, text, node }: Declared, parents: ReturnType<typeof parentsOf>): boolean =>
    text !== "" ||
    !!(ts.getCombinedModifierFlags(node as ts.Declaration) & ts.ModifierFlags.Override) ||
    parents.some((parent) => membersOf(parent).some((m) => m.name === name && isDocumented(m, parentsOf(parent))));
  expect(named(MEMBERS.filter((member) => !isDocumented(member, member.parents)))).toEqual([]);
});

test("doc comments begin with a noun or a verb", () => {
  const questions = [...EXPORTED.values(), ...MEMBERS].filter(({ text }) =>
    /^(What|Whether|How|Who|Which)\b/.test(text),
  );
  expect(questions.map(({ text }) => text)).toEqual([]);
});

test("every optional prop says its default", () => {
  const optional = PROPS.filter(({ node }) => (node as ts.PropertySignature).questionToken);
  expect(named(optional.filter(({ tags }) => !tags.default?.[0]))).toEqual([]);
});

test("every number and every quantity says its unit", () => {
  const measured = PROPS.filter(
    ({ name, node }) =>
      /\bnumber\b/.test((node as ts.PropertySignature).type!.getText()) || /Memory|Cpu|Storage|cpu|quota/.test(name),
  );
  expect(named(measured.filter(({ text }) => !UNIT.test(text)))).toEqual([]);
});

test("every prop that a rule refuses says when, and where the rule is from", () => {
  const refused = PROPS.filter(({ of, name }) => refusals(RULES[of] ?? []).has(name));
  expect(named(refused.filter(({ tags }) => !tags.throws?.[0]))).toEqual([]);
  const fromOutside = refused.filter(
    ({ of, name }) =>
      !refusals(RULES[of])
        .get(name)!
        .every((source) => source.startsWith("lib/")),
  );
  expect(named(fromOutside.filter(({ tags }) => !tags.see?.[0]?.startsWith("https://")))).toEqual([]);
});

test("every function that throws says when", () => {
  const throws = (node: ts.Node): boolean => ts.isThrowStatement(node) || ts.forEachChild(node, throws) === true;
  const functions = [
    ...[...EXPORTED.values()].filter(({ node }) => ts.isFunctionDeclaration(node)),
    ...MEMBERS.filter(({ node }) => ts.isMethodDeclaration(node)),
  ];
  expect(functions.filter(({ node, tags }) => throws(node) && !tags.throws).map(({ name }) => name)).toEqual([]);
});

/** The props that rules read before they refuse, with the sources of the rules. */
function refusals(rules: readonly Rule<never>[]): ReadonlyMap<string, readonly string[]> {
  const sources = new Map<string, string[]>();
  for (const { when, source } of rules.filter(({ warns }) => !warns)) {
    const input = new Proxy(
      {},
      {
        get: (_, name: string) => void sources.set(name, [...(sources.get(name) ?? []), source]),
      },
    );
    try {
      when(input as never);
    } catch {
      // what it reads of a prop that is not there does not matter
    }
  }
  return sources;
}
