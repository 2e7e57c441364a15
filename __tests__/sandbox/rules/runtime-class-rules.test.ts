import { App, TerraformVariable } from "cdktf";
import { AksCluster, KataRuntimeClassOptions, SandboxStack } from "../../../lib";
import { clusterIn, KATA_POOL } from "../../support/clusters";

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
    ["empty memory", { podMemory: "" }, "podMemory is empty: write a plain quantity"],
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
      "name in use",
      { name: "other" },
      'RuntimeClass name "other" is already in use on this cluster: choose another one [sandbox/kata]',
    ],
    [
      "CPU that is no quantity",
      { cpuOverhead: "much" },
      'cpuOverhead "much" is not a quantity: write one such as 250m [sandbox/kata]',
    ],
    [
      "no pool",
      { nodePools: [] },
      "nodePools is empty, so no pod of the class would be scheduled: name a node pool or leave it out for all [sandbox/kata]",
    ],
    [
      "pool that is none",
      { nodePools: ["kata" as never] },
      'nodePools[0] is the string "kata": write what addKataNodePool returned [sandbox/kata]',
    ],
    [
      "tolerations that are left out",
      { scheduling: false, tolerations: [{ key: "a" }] },
      "scheduling false leaves out tolerations: leave out one of the two [sandbox/kata]",
    ],
    [
      "malformed annotation",
      { annotations: { "a b": "c" } },
      'annotation "a b" is not valid: write a name of at most 63 characters, with a prefix such as example.com/ or without [sandbox/kata]',
    ],
    [
      "toleration with an unknown prop",
      { tolerations: [{ keys: "a" } as never] },
      'prop "keys" is not known in tolerations: did you mean key? [sandbox/kata]',
    ],
    [
      "toleration with a malformed key",
      { tolerations: [{ key: "a b" }] },
      'key "a b" of a toleration is not valid: write the key of a taint [sandbox/kata]',
    ],
    [
      "toleration with an unknown operator",
      { tolerations: [{ key: "a", operator: "In" as never }] },
      'operator "In" of a toleration is not known: write Equal or Exists [sandbox/kata]',
    ],
    [
      "toleration with an unknown effect",
      { tolerations: [{ key: "a", effect: "Never" as never }] },
      'effect "Never" of a toleration is not known: write NoSchedule, PreferNoSchedule or NoExecute [sandbox/kata]',
    ],
    [
      "toleration that is there twice",
      { tolerations: [{ key: "a" }, { key: "b" }, { key: "a", operator: "Equal" }] },
      "tolerations[2] is there twice, which Kubernetes refuses: remove one [sandbox/kata]",
    ],
    [
      "toleration without a key",
      { tolerations: [{ value: "a" }] },
      'a toleration of operator "Equal" has no key: write a key or operator Exists [sandbox/kata]',
    ],
    [
      "toleration that exists with a value",
      { tolerations: [{ key: "a", operator: "Exists", value: "b" }] },
      'value "b" does not go with operator Exists of a toleration: leave it out [sandbox/kata]',
    ],
    [
      "toleration with seconds",
      { tolerations: [{ key: "a", tolerationSeconds: 5 }] },
      "tolerationSeconds 5 are only for effect NoExecute: write it or leave them out [sandbox/kata]",
    ],
    [
      "memory known only after apply",
      { podMemory: "${var.memory}" },
      "podMemory is a string that is known after apply: write a plain quantity such as 1Gi, which picks the overhead [sandbox/kata]",
    ],
  ])("%s", (_, options, message) => {
    const app = new App();
    const sandbox = new SandboxStack(app, "sandbox", { cluster: clusterIn(app) });
    sandbox.addRuntimeClass("other");
    expect(() => sandbox.addRuntimeClass("kata", options)).toThrow(message);
  });
});

describe("a class of node pools is refused", () => {
  const LONG = `${"a".repeat(40)}.${"b".repeat(40)}`;

  function classOf(cluster: AksCluster, app: App, name: string, pools: readonly string[]) {
    const nodePools = pools.map((pool, i) => cluster.addKataNodePool(`kata${i}`, { ...KATA_POOL, name: pool }));
    return () => new SandboxStack(app, "sandbox", { cluster }).addRuntimeClass("kata", { name, nodePools });
  }

  test("whose name is too long for a label of several pools", () => {
    const app = new App();
    expect(classOf(clusterIn(app), app, LONG, ["one", "two"])).toThrow(
      `RuntimeClass name "${LONG}" is too long for the label of several node pools: use at most 63 characters [sandbox/kata]`,
    );
    const other = new App();
    expect(classOf(clusterIn(other), other, LONG, ["one"])).not.toThrow();
  });

  test("whose name is known only after apply, with several pools", () => {
    const app = new App();
    expect(classOf(clusterIn(app), app, "${var.name}", ["one", "two"])).toThrow(
      "name is known only after apply, and labels several node pools: write a plain name [sandbox/kata]",
    );
  });

  test("with a pool whose name is known only after apply", () => {
    const app = new App();
    const cluster = clusterIn(app);
    const name = new TerraformVariable(cluster, "pool", {}).stringValue;
    expect(classOf(cluster, app, "kata", [name])).toThrow(
      'the name of node pool "cluster/aks/kata0" is known only after apply, in another stack: write it as a plain string, because the class selects the pool by its name [sandbox/kata]',
    );
  });
});

test("a class without a size is warned of", () => {
  const app = new App();
  const sandbox = new SandboxStack(app, "sandbox", { cluster: clusterIn(app) });
  expect(sandbox.addRuntimeClass("kata").node.metadata.map(({ data }) => data)).toEqual([
    'runtime class "kata" has no podMemory, so its pods have no overhead and their memory is not held: add podMemory: "1Gi" or another size',
  ]);
  expect(sandbox.addRuntimeClass("sized", { podMemory: "1Gi" }).node.metadata).toEqual([]);
});
