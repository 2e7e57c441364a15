import { App, Token } from "cdktf";
import { existsSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AksCluster, AzurermVersion, ClusterStack, KataRuntimeClassOptions, PodSandboxing, SandboxStack } from "../lib";
import { CLUSTER_RULES } from "../lib/cluster/rules/cluster-rules";
import { KATA_NODE_POOL_RULES } from "../lib/cluster/rules/kata-node-pool-rules";
import { NODE_POOL_RULES } from "../lib/cluster/rules/node-pool-rules";
import { RUNTIME_CLASS_RULES } from "../lib/sandbox/rules/runtime-class-rules";
import { CLUSTER, clusterIn, KATA_POOL } from "./support/clusters";

const GA = { podSandboxing: PodSandboxing.GA };

type Refused<Props> = [mistake: string, props: Props, message: string];

describe("a runtime class is refused", () => {
  test.each<Refused<KataRuntimeClassOptions>>([
    ...["kata-mshv-vm-isolation", "kata-vm-isolation", "kata-cc-isolation", "runc"].map(
      (name): Refused<KataRuntimeClassOptions> => [
        `name ${name}`,
        { name },
        `RuntimeClass name "${name}" belongs to AKS, which reverts changes to its classes: use a name of your own [sandbox/kata]`,
      ],
    ),
    [
      "name with an underscore",
      { name: "kata_small" },
      'RuntimeClass name "kata_small" is not valid: use lowercase letters, digits, hyphens and dots with a letter or digit at both ends [sandbox/kata]',
    ],
    ["name of 254 characters", { name: "a".repeat(254) }, "is not valid"],
    [
      "memory with an unknown unit",
      { podMemory: "1GB" },
      'podMemory "1GB" is not a quantity of memory: write one such as 512Mi or 4Gi [sandbox/kata]',
    ],
    ["memory that is a word", { podMemory: "much" }, 'podMemory "much" is not a quantity of memory'],
    ["empty memory", { podMemory: "" }, 'podMemory "" is not a quantity of memory'],
    [
      "too little memory",
      { podMemory: "127Mi" },
      'podMemory "127Mi" is too small for a pod\'s VM: use 128Mi or more [sandbox/kata]',
    ],
    [
      "negative memory",
      { podMemory: "-1Gi" },
      'podMemory "-1Gi" is too small for a pod\'s VM: use 128Mi or more [sandbox/kata]',
    ],
    [
      "more memory than the table has",
      { podMemory: "129Gi" },
      'podMemory "129Gi" is beyond Microsoft\'s table of overheads: use 128Gi or less [sandbox/kata]',
    ],
    [
      "memory known only after apply",
      { podMemory: "${var.memory}" },
      "podMemory is known only after apply: write a plain quantity such as 1Gi, which picks the overhead [sandbox/kata]",
    ],
  ])("%s", (_, options, message) => {
    const app = new App();
    const sandbox = new SandboxStack(app, "sandbox", { cluster: clusterIn(app) });
    expect(() => sandbox.addRuntimeClass("kata", options)).toThrow(message);
  });
});

describe("stacks are refused", () => {
  test("two azurerm ranges in one stack", () => {
    const stack = new ClusterStack(new App(), "cluster");
    new AksCluster(stack, "old", CLUSTER);
    expect(() => new AksCluster(stack, "new", { ...CLUSTER, ...GA })).toThrow(
      'stack "cluster" is pinned to azurerm ">= 3.105.0, < 4.0.0" and cannot use ">= 4.78.0, < 5.0.0" as well: ' +
        "put the clusters of each azurerm version into a stack of their own [cluster/new]",
    );
  });

  test.each([
    ["cluster name", { name: "${var.name}" }],
    ["resource group name", { resourceGroup: { name: Token.asString({ ref: 1 }), location: "eastus" } }],
  ])("a sandbox stack whose cluster has no plain %s", (what, props) => {
    const app = new App();
    const cluster = clusterIn(app, props);
    expect(() => new SandboxStack(app, "sandbox", { cluster })).toThrow(
      `the ${what} of "cluster/aks" is known only after apply: write it as a plain string, because the sandbox stack finds the cluster by its name [sandbox]`,
    );
  });

  test("an azurerm major that lacks the release", () => {
    expect(() => PodSandboxing.PREVIEW.on(AzurermVersion.V4)).toThrow(
      "azurerm 4 cannot express PodSandboxing.PREVIEW (it has no KataMshvVmIsolation): use azurerm 3",
    );
  });
});

test("nothing is written when a mistake is found", () => {
  const outdir = join(mkdtempSync(join(tmpdir(), "rules-")), "out");
  const app = new App({ outdir });
  const cluster = clusterIn(app);
  new SandboxStack(app, "sandbox", { cluster });
  cluster.addKataNodePool("kata", { ...KATA_POOL, temporaryNameForRotation: "katatmp" });
  expect(() => app.synth()).toThrow('azurerm 3 has no argument "temporary_name_for_rotation"');
  expect(existsSync(join(outdir, "stacks")) ? readdirSync(join(outdir, "stacks")) : []).toEqual([]);
});

test("every rule has a source", () => {
  const rules = [...CLUSTER_RULES, ...NODE_POOL_RULES, ...KATA_NODE_POOL_RULES, ...RUNTIME_CLASS_RULES];
  expect(rules.filter(({ source }) => !/[a-z]/.test(source))).toEqual([]);
});
