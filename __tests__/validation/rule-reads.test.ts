import { CLUSTER_ARGUMENT_RULES } from "../../lib/cluster/rules/cluster-rules";
import { KATA_NODE_POOL_RULES } from "../../lib/cluster/rules/kata-node-pool-rules";
import { NODE_POOL_ARGUMENT_RULES } from "../../lib/cluster/rules/node-pool-rules";
import { brokenRules, Rule } from "../../lib/validation/rule";

interface Input {
  readonly a?: number;
  readonly b?: number;
}

/** Returns the inputs that a rule is asked about. */
function askedAbout(when: Rule<Input>["when"], ...inputs: Input[]): Input[] {
  const asked: Input[] = [];
  const remember = (input: Input) => {
    const isBroken = when(input);
    if (inputs.includes(input)) asked.push(input);
    return isBroken;
  };
  const rules = [{ when: remember, message: () => "wrong", source: "test" }];
  for (const input of inputs) brokenRules(rules, input, () => false);
  return asked;
}

const [NOTHING, A, B, UNDEFINED] = [{}, { a: 1 }, { b: 1 }, { a: undefined }];

test.each<[string, Rule<Input>["when"], Input[]]>([
  ["has what it reads", ({ a = 0 }) => a > 1, [A]],
  ["has one of what it reads", ({ a, b }) => a === b && a !== undefined, [A, B]],
  ["has what it reads first", ({ a }) => a === 1 && A.a > 1, [A]],
  ["may lack what is missing", ({ b }) => b === undefined, [NOTHING, A, B, UNDEFINED]],
  ["has names", (input) => "c" in input, [NOTHING, A, B, UNDEFINED]],
  ["has any names", (input) => Object.keys(input).length > 1, [NOTHING, A, B, UNDEFINED]],
])("a rule is asked about an input that %s", (_, when, asked) => {
  expect(askedAbout(when, NOTHING, A, B, UNDEFINED)).toEqual(asked);
});

test("a rule is asked about an input that has what it takes for granted", () => {
  expect(askedAbout(({ a }) => a!.toFixed() === "2", A)).toEqual([A]);
});

/** Values that break many rules. */
const WRONG = {
  azurermMajor: 4,
  isDefault: false,
  nodeCount: -1,
  minCount: 3,
  maxCount: 2,
  autoScalingEnabled: true,
  maxPods: 5,
  nodeLabels: { "kubernetes.azure.com/x": "?" },
  nodeTaints: ["x"],
  osSku: "Windows2022",
  osType: "Windows",
  mode: "System",
  priority: "Spot",
  evictionPolicy: "Delete",
  spotMaxPrice: 0,
  upgradeSettings: { maxSurge: "x", maxUnavailable: "1" },
  vmSize: "Standard_B2s",
  fipsEnabled: true,
  vnetSubnetId: "x",
  zones: ["1", "1"],
  tags: { "<": "x" },
  cluster: { azurermMajor: 4, kubernetesVersion: "1.20", microsoftDefender: {} },
  dnsPrefix: "-",
  dnsPrefixPrivateCluster: "x",
  kubernetesVersion: "1.2",
  networkProfile: { networkPlugin: "none", serviceCidr: "10.0.0.0/33" },
  identity: { type: "UserAssigned" },
  servicePrincipal: { clientId: "x", clientSecret: "y" },
  costAnalysisEnabled: true,
  maintenanceWindow: { allowed: [{ day: "x", hours: [25] }] },
};
const NAMES = Object.keys(WRONG) as (keyof typeof WRONG)[];

test.each<[string, readonly Rule<never>[]]>([
  ["clusters", CLUSTER_ARGUMENT_RULES],
  ["node pools", NODE_POOL_ARGUMENT_RULES],
  ["kata node pools", KATA_NODE_POOL_RULES],
])("every rule for %s that an input breaks is found", (_, rules) => {
  let found = 0;
  for (const first of NAMES)
    for (const second of NAMES) {
      const input = { azurermMajor: 4, [first]: WRONG[first], [second]: WRONG[second] } as never;
      const broken = rules.filter(({ when }) => when(input)).map(({ message }) => message(input));
      expect(brokenRules(rules, input, () => false).map(({ message }) => message)).toEqual(broken);
      found += broken.length;
    }
  expect(found).toBeGreaterThan(100);
});
