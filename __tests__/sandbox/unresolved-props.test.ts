import { App, Fn, TerraformVariable, Token } from "cdktf";
import {
  IsolationCheckOptions,
  KataRuntimeClassOptions,
  NetworkPeer,
  PodSandboxing,
  SandboxedNamespaceOptions,
  SandboxStack,
  SandboxStackProps,
  ServiceAccountOptions,
} from "../../lib";
import { clusterIn, KATA_POOL } from "../support/clusters";
import { exportedConstructs } from "../support/exported-constructs";
import { synthesiseStack } from "../support/synth";

/** A value of each kind that is known only after apply. */
type Unresolved = { readonly [kind in "string" | "number" | "list" | "map"]: unknown };

/** A prop is passed on, or refused by a sentence. */
type Fate = "passes" | string;

const KINDS = ["string", "number", "list", "map"] as const;

const PASSED_OR_REFUSED =
  /^\{(?!.*(TfToken|"0": ?"[$#]")).*var\.late|^[\w.]+ is an? \w+ that is known after apply: write .+ \[/s;

function outcomeOf(build: () => { readonly resource?: unknown }): string {
  try {
    return JSON.stringify(build().resource);
  } catch (error) {
    return (error as Error).message;
  }
}

function unresolved(sandbox: SandboxStack): Unresolved {
  const variable = new TerraformVariable(sandbox, "late", {});
  return {
    string: variable.stringValue,
    number: variable.numberValue,
    list: variable.listValue,
    map: Token.asStringMap(Fn.tomap(variable.value)),
  };
}

interface Case {
  readonly construct: string;
  readonly make: (sandbox: SandboxStack, props: object) => void;
  readonly props: { readonly [prop: string]: readonly [kind: keyof Unresolved, fate: Fate] };
}

/** The compiler misses no prop. */
function all<Props>(props: { readonly [prop in keyof Required<Props>]: readonly [keyof Unresolved, Fate] }) {
  return props;
}

const CLASS = "write what addRuntimeClass returned";

const CASES: readonly Case[] = [
  {
    construct: "KataRuntimeClass",
    make: (sandbox, props) => {
      sandbox.addRuntimeClass("late-class", { podMemory: "1Gi", ...props });
      sandbox.addNamespace("tenants"); // its policy names the class
    },
    props: all<KataRuntimeClassOptions>({
      name: ["string", "passes"],
      annotations: ["map", "passes"],
      podMemory: ["string", "write a plain quantity such as 1Gi, which picks the overhead"],
      scheduling: ["string", "write true or false"],
      cpuOverhead: ["string", "passes"],
      nodePools: ["list", "write a list of what addKataNodePool returned"],
      tolerations: ["list", 'write a list such as [{ key: "team", value: "a" }]'],
    }),
  },
  {
    construct: "SandboxedNamespace",
    make: (sandbox, props) => sandbox.addNamespace("late-namespace", props),
    props: all<SandboxedNamespaceOptions>({
      name: ["string", "passes"],
      labels: ["map", "passes"],
      annotations: ["map", "passes"],
      runtimeClass: ["string", CLASS],
      defaultRuntimeClass: ["string", CLASS],
      serviceTypes: ["list", 'write a list such as ["LoadBalancer"]'],
      tenantNetworkPolicies: ["string", "write true or false"],
      maxTerminationGracePeriodSeconds: ["number", "write a number of seconds"],
      containerMemory: ["string", "passes"],
      containerCpu: ["string", "passes"],
      containerEphemeralStorage: ["string", "passes"],
      maxContainerEphemeralStorage: ["string", "passes"],
      quota: ["map", "passes"],
      egress: ["list", "write a list of openings"],
      ingress: ["list", "write a list of openings"],
    }),
  },
  {
    construct: "IsolationCheck",
    make: (sandbox, props) => sandbox.addIsolationCheck("late-check", props),
    props: all<IsolationCheckOptions>({
      runtimeClasses: ["list", "write a list of what addRuntimeClass returned"],
      image: ["string", "passes"],
      name: ["string", "passes"],
    }),
  },
  {
    construct: "ServiceAccount",
    make: (sandbox, props) =>
      sandbox.addNamespace("late-namespace").addServiceAccount("late-account", props as ServiceAccountOptions),
    props: all<ServiceAccountOptions>({
      workloadIdentity: ["string", "write what addWorkloadIdentity returned"],
    }),
  },
  {
    construct: "SandboxStack",
    make: (sandbox, props) =>
      new SandboxStack(sandbox.node.scope!, "late-stack", { cluster: sandbox.cluster, ...props }),
    props: all<SandboxStackProps>({
      cluster: ["string", "write an AksCluster"],
      stateBackend: ["string", "write a StateBackend"],
      azurermProvider: ["map", "write an object such as { features: [{}], subscriptionId }"],
      allowBuiltInRuntimeClass: ["string", "write true or false"],
    }),
  },
];

test("no exported construct is left out", () => {
  expect(CASES.map(({ construct }) => construct).sort()).toEqual(exportedConstructs("sandbox").sort());
});

function synth(make: (sandbox: SandboxStack) => void) {
  return synthesiseStack("sandbox", (app: App) => {
    const cluster = clusterIn(app, { podSandboxing: PodSandboxing.GA });
    cluster.addKataNodePool("kata", KATA_POOL);
    const sandbox = new SandboxStack(app, "sandbox", { cluster });
    sandbox.addRuntimeClass("kata", { podMemory: "1Gi" });
    make(sandbox);
  });
}

describe.each(CASES)("$construct", ({ make, props }) => {
  test.each(Object.entries(props))("%s known only after apply", (prop, [kind, fate]) => {
    const synthWithProp = () => synth((sandbox) => make(sandbox, { [prop]: unresolved(sandbox)[kind] }));
    if (fate === "passes") expect(JSON.stringify(synthWithProp().resource)).toContain("var.late");
    else {
      expect(synthWithProp).toThrow(/^\w+ is a \w+ that is known after apply: /);
      expect(synthWithProp).toThrow(`apply: ${fate} [`);
    }
  });

  test.each(Object.keys(props))(
    "%s known only after apply, of any type, passes or is refused in a sentence",
    (prop) => {
      for (const kind of KINDS) {
        const outcome = outcomeOf(() => synth((sandbox) => make(sandbox, { [prop]: unresolved(sandbox)[kind] })));
        expect([kind, outcome]).toEqual([kind, expect.stringMatching(PASSED_OR_REFUSED)]);
      }
    },
  );
});

test("values inside of props are passed or refused", () => {
  const { resource } = synth((sandbox) => {
    const late = unresolved(sandbox).string as string;
    const quota = { pods: late };
    sandbox.addRuntimeClass("late-class", { podMemory: "1Gi", tolerations: [{ key: late, value: late }] });
    sandbox.addNamespace("late-namespace", {
      quota,
      labels: { team: late },
      annotations: { owner: late },
      ingress: [{ peer: NetworkPeer.namespace(late), ports: [80] }],
    });
  });
  expect(resource.kubernetes_manifest["late-class"].manifest.scheduling.tolerations).toEqual([
    { key: "${var.late}", value: "${var.late}" },
  ]);
  expect(resource.kubernetes_namespace_v1["late-namespace"].metadata).toMatchObject({
    labels: { team: "${var.late}" },
    annotations: { owner: "${var.late}" },
  });
  expect(JSON.stringify(resource.kubernetes_resource_quota_v1)).toContain('"hard":{"pods":"${var.late}"}');
  expect(JSON.stringify(resource.kubernetes_network_policy_v1)).toContain(
    '"kubernetes.io/metadata.name":"${var.late}"',
  );
});

test("labels that are known only after apply cannot lower Pod Security", () => {
  const { resource } = synth((sandbox) =>
    sandbox.addNamespace("late-namespace", { labels: unresolved(sandbox).map as { [name: string]: string } }),
  );
  expect(resource.kubernetes_namespace_v1["late-namespace"].metadata.labels).toMatch(
    /^\$\{merge\(.*var\.late.*"pod-security\.kubernetes\.io\/enforce" = "restricted"/,
  );
});
