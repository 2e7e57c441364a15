import * as clusterBindings from "@cdktf/provider-azurerm/lib/kubernetes-cluster";
import * as poolBindings from "@cdktf/provider-azurerm/lib/kubernetes-cluster-node-pool";
import * as providerBindings from "@cdktf/provider-azurerm/lib/provider";
import { App, TerraformStack, Testing, Token } from "cdktf";
import { AksCluster, ClusterStack, ExistingAksClusterProps, PodSandboxing, StateBackend } from "../../lib";
import { azurermArguments } from "../../lib/azurerm-arguments";
import { ArgumentSchema } from "../../lib/validation/argument-error";
import { BoundArgument, boundArguments, BoundArguments } from "../../lib/validation/bindings";
import { KATA_POOL } from "../support/clusters";
import { GA_CLUSTER } from "../support/mistakes";

const REFERENCE = "${var.token}";

/** A value that only Terraform knows, as each of the types that cdktf has for one. */
const TOKENS: { readonly [kind: string]: unknown } = {
  expression: REFERENCE,
  string: Token.asString(REFERENCE),
  number: Token.asNumber(REFERENCE),
  list: Token.asList(REFERENCE),
  map: Token.asStringMap(REFERENCE),
  value: Token.asAny(REFERENCE),
};

interface Constructed {
  /** Names of all props, and those of the bindings with what is in them. */
  readonly props: readonly string[];
  readonly bound: BoundArguments;
  readonly schema?: ArgumentSchema;
  readonly make: (stack: ClusterStack, props: object) => unknown;
}

const EXISTING: ExistingAksClusterProps = {
  clusterName: "aks",
  resourceGroupName: "g",
  podSandboxing: PodSandboxing.GA,
};
const CLUSTER_SCHEMA = azurermArguments("azurerm_kubernetes_cluster", PodSandboxing.GA.azurermVersion);
const cluster = new Map(boundArguments(clusterBindings, "KubernetesCluster"));
const defaultNodePool = cluster.get("defaultNodePool")!.inside();
cluster.delete("defaultNodePool");
const pool = boundArguments(poolBindings, "KubernetesClusterNodePool");
const meta = ["dependsOn", "lifecycle", "provider"];

const CONSTRUCTS: { readonly [name: string]: Constructed } = {
  AksCluster: {
    props: [...meta, "name", "podSandboxing", "resourceGroup", "location", "defaultNodePool", "access"],
    bound: cluster,
    schema: CLUSTER_SCHEMA,
    make: (stack, props) => new AksCluster(stack, "aks", { ...GA_CLUSTER, ...props }),
  },
  resourceGroup: {
    props: ["name", "location", "nameInput", "locationInput"],
    bound: new Map(),
    make: (stack, props) =>
      new AksCluster(stack, "aks", { ...GA_CLUSTER, resourceGroup: { ...GA_CLUSTER.resourceGroup, ...props } }),
  },
  defaultNodePool: {
    props: [],
    bound: defaultNodePool,
    schema: { ...CLUSTER_SCHEMA, isRequired: (path) => CLUSTER_SCHEMA.isRequired(["default_node_pool", ...path]) },
    make: (stack, props) =>
      new AksCluster(stack, "aks", { ...GA_CLUSTER, defaultNodePool: { ...GA_CLUSTER.defaultNodePool, ...props } }),
  },
  NodePool: {
    props: [...meta, "name", "vmSize"],
    bound: pool,
    schema: azurermArguments("azurerm_kubernetes_cluster_node_pool", PodSandboxing.GA.azurermVersion),
    make: (stack, props) => new AksCluster(stack, "aks", GA_CLUSTER).addNodePool("apps", { ...KATA_POOL, ...props }),
  },
  KataNodePool: {
    props: [...meta, "name", "vmSize", "dedicated"],
    bound: new Map([...pool].filter(([, { holds }]) => !holds.startsWith("block"))), // blocks are those of NodePool
    make: (stack, props) => {
      const kata = new AksCluster(stack, "aks", GA_CLUSTER).addKataNodePool("kata", {
        ...KATA_POOL,
        dedicated: true,
        ...props,
      });
      kata.addNodeLabel("example.com/team", "a");
    },
  },
  ClusterStack: {
    props: ["stateBackend"],
    bound: boundArguments(providerBindings, "AzurermProvider"),
    make: (stack, props) => {
      const azure = new ClusterStack(stack.node.root, "azure", { stateBackend: StateBackend.LOCAL, ...props });
      new AksCluster(azure, "aks", GA_CLUSTER);
    },
  },
  ExistingAksCluster: {
    props: [
      "clusterName",
      "resourceGroupName",
      "podSandboxing",
      "subscriptionId",
      "access",
      "kubernetesVersion",
      "networkPolicy",
      "provider",
    ],
    bound: new Map(),
    make: (stack, props) =>
      AksCluster.fromExisting(stack, "aks", { ...EXISTING, ...props }).addKataNodePool("kata", KATA_POOL),
  },
};

/** Props that only the constructs read, of which nothing is written. */
const NOT_WRITTEN = [
  "nameInput",
  "locationInput",
  "kubernetesVersion of ExistingAksCluster",
  "networkPolicy of ExistingAksCluster",
];

describe.each(Object.keys(CONSTRUCTS))("%s", (name) => {
  const { props, bound, schema, make } = CONSTRUCTS[name];
  const paths = [...props.map((prop) => [prop]), ...pathsOf(bound)];

  test.each(Object.keys(TOKENS))("a %s in each prop passes, or is refused in a sentence", (kind) => {
    const passed = paths.filter((path) => {
      const outcome = outcomeOf((stack) => make(stack, propsWith(path, TOKENS[kind], bound, schema)));
      const isWritten = ![path[0], `${path[0]} of ${name}`].some((prop) => NOT_WRITTEN.includes(prop));
      if (outcome.refused) expect([path, outcome.refused]).toEqual([path, expect.stringMatching(SENTENCE)]);
      else if (isWritten) expect([path, outcome.written]).toEqual([path, expect.stringContaining("var.token")]);
      expect([path, outcome.written]).toEqual([
        path,
        expect.not.stringMatching(/TfToken|"0": ?"[$#]"|"resolve"|[(,] ?\$\{/),
      ]);
      return !outcome.refused;
    });
    if (kind === "string") expect(passed.length).toBeGreaterThan(0);
  });
});

/** What is wrong, what to do, and where. */
const SENTENCE = /^(?!.*Symbol|.*[Ff]ound an? encoded|.*TfToken).+: .+ \[(cluster|azure)[^\]]*\]$/;

function outcomeOf(build: (stack: ClusterStack) => void): { readonly refused?: string; readonly written: string } {
  try {
    const stack = new ClusterStack(new App(), "cluster");
    build(stack);
    const stacks = stack.node.root.node.children.filter(TerraformStack.isStack);
    return { written: stacks.map((stack) => Testing.synth(stack)).join("") };
  } catch (error) {
    return { refused: (error as Error).message, written: "" };
  }
}

function pathsOf(bound: BoundArguments): string[][] {
  return [...bound].flatMap(([name, { holds, inside }]) =>
    holds === "block" || holds === "blocks" ? [[name], ...pathsOf(inside()).map((path) => [name, ...path])] : [[name]],
  );
}

/** Props with a value at a path, and beside it what azurerm demands. */
function propsWith(path: readonly string[], value: unknown, bound: BoundArguments, schema?: ArgumentSchema): object {
  return insideOf(path, [], value, bound, schema);
}

function insideOf(
  [name, ...rest]: readonly string[],
  above: readonly string[],
  value: unknown,
  bound: BoundArguments,
  schema?: ArgumentSchema,
): object {
  if (rest.length === 0) return { [name]: value };
  const block = bound.get(name)!;
  const at = [...above, block.name];
  const inside = { ...demandsOf(block, at, schema), ...insideOf(rest, at, value, block.inside(), schema) };
  return { [name]: block.holds === "blocks" ? [inside] : inside };
}

function demandsOf(block: BoundArgument, at: readonly string[], schema?: ArgumentSchema): object {
  const demanded = [...block.inside()].filter(([, { name }]) => schema?.isRequired([...at, name]));
  return Object.fromEntries(
    demanded.map(([name, argument]) => {
      if (argument.holds === "block") return [name, demandsOf(argument, [...at, argument.name], schema)];
      if (argument.holds === "blocks") return [name, [demandsOf(argument, [...at, argument.name], schema)]];
      return [name, TOKENS[{ list: "list", map: "map" }[argument.holds as string] ?? "string"]];
    }),
  );
}
