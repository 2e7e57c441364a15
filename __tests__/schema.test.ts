import { parse } from "@cdktf/hcl2json";
import { EXAMPLES, RELEASES } from "./support/apps";
import { checkSchemas } from "../lib/schema-check";
import { blocksAsArguments } from "./support/hcl-blocks";
import { failuresIn } from "./support/schema-failures";
import { runApp } from "./support/synth";

const APPS = ["main.ts", ...EXAMPLES.map((name) => `examples/${name}.ts`)];

/** Every stack of every app on every release, synthesised while jest collects the tests so that it can name them. */
const CASES = APPS.flatMap((file) =>
  Object.entries(RELEASES).flatMap(([release, podSandboxing]) => {
    const json = runApp(file, "json", podSandboxing);
    const hcl = runApp(file, "hcl", podSandboxing);
    return Object.keys(json).map((stack) => ({
      name: `${file} ${release} ${stack}`,
      json: json[stack],
      hcl: hcl[stack],
      addresses: checkSchemas(JSON.parse(json[stack]), "json").addresses.length,
    }));
  }),
);
/** Blocks have the same names in all versions that are known, so one of each is enough to tell them from arguments. */
const CONSTRAINTS = { azurerm: ">= 5.0.0", kubernetes: "~> 2.38" };

/** Versions of the range that have a schema; the output is for all of them. */
const KUBERNETES_VERSIONS = ["2.38.0", "3.2.1"];

function onKubernetes(version: string, text: string): string {
  return text.replaceAll(">= 2.38.0, < 4.0.0", version);
}

const parsedTexts = new Map<string, ReturnType<typeof parse>>();

/** Parses a text, which takes longer than what is done with it. */
function parsedOnce(hcl: string): ReturnType<typeof parse> {
  const parsed = parsedTexts.get(hcl) ?? parse("cdk.tf", hcl);
  parsedTexts.set(hcl, parsed);
  return parsed;
}

const checks = CASES.reduce((sum, { addresses }) => sum + 2 * addresses, 0);

describe(`${checks} addresses × versions × languages against the providers' schemas`, () => {
  test.each(CASES)("$name: $addresses in JSON", ({ json }) => {
    expect(checkSchemas(JSON.parse(json), "json").failures).toEqual([]);
  });

  describe.each(KUBERNETES_VERSIONS)("kubernetes %s", (version) => {
    test.each(CASES.filter(({ json }) => json.includes("hashicorp/kubernetes")))("$name", async ({ json, hcl }) => {
      const stack = JSON.parse(onKubernetes(version, json));
      expect(stack.terraform.required_providers.kubernetes.version).toBe(version);
      expect(checkSchemas(stack, "json").failures).toEqual([]);
      const parsed = onKubernetes(version, JSON.stringify(await parsedOnce(hcl)));
      expect(checkSchemas(JSON.parse(parsed), "hcl").failures).toEqual([]);
    });
  });

  test.each(CASES)("$name: $addresses in HCL", async ({ hcl, addresses }) => {
    const report = checkSchemas(await parsedOnce(hcl), "hcl");
    expect(report.failures).toEqual([]);
    expect(report.addresses).toHaveLength(addresses);
    expect(blocksAsArguments(hcl, CONSTRAINTS)).toEqual([]);
  });
});

describe("the check finds", () => {
  const AKS = {
    name: "aks",
    location: "eastus",
    resource_group_name: "group",
    default_node_pool: { name: "default", vm_size: "Standard_D2s_v5" },
  };

  function failuresOf(changes: object, version = ">= 4.78.0, < 5.0.0"): readonly string[] {
    return failuresIn(
      {
        terraform: { required_providers: { azurerm: { version } } },
        provider: { azurerm: [{ features: [{}] }] },
        resource: { azurerm_kubernetes_cluster: { aks: { ...AKS, ...changes } } },
      },
      "json",
    );
  }
  const AT_4 = "azurerm_kubernetes_cluster.aks (hashicorp/azurerm 4.81.0)";
  const pool = (changes: object) => ({ default_node_pool: { ...AKS.default_node_pool, ...changes } });

  test("nothing wrong with a good cluster", () => {
    expect(failuresOf({})).toEqual([]);
  });

  test.each<[string, object, string]>([
    ["an unknown argument", { enable_auto_scaling: true }, "enable_auto_scaling: expected no such argument, got true"],
    [
      "an unknown argument in a block",
      pool({ node_cnt: 1 }),
      "default_node_pool.node_cnt: expected no such argument, got 1",
    ],
    ["a missing argument", { location: undefined }, "location: expected a value, it is required, got undefined"],
    [
      "a missing block",
      { default_node_pool: undefined },
      "default_node_pool: expected at least 1 block, got undefined",
    ],
    [
      "a number that is none",
      pool({ node_count: "two" }),
      'default_node_pool.node_count: expected a value of type "number", got "two"',
    ],
    [
      "a bool that is none",
      { run_command_enabled: "yes" },
      'run_command_enabled: expected a value of type "bool", got "yes"',
    ],
    ["a string that is a list", { name: ["aks"] }, 'name: expected a value of type "string", got ["aks"]'],
    [
      "a list that is a string",
      pool({ zones: "1" }),
      'default_node_pool.zones: expected a value of type ["set","string"], got "1"',
    ],
    [
      "a map that is a block",
      { tags: [{ a: "b" }] },
      'tags: expected a value of type ["map","string"], got [{"a":"b"}]',
    ],
    ["a block that is a string", { identity: "SystemAssigned" }, 'identity: expected a block, got "SystemAssigned"'],
    [
      "too many blocks",
      { identity: [{ type: "SystemAssigned" }, { type: "UserAssigned" }] },
      "identity: expected at most 1 block",
    ],
    [
      "an unknown value",
      pool({ os_sku: "CBLMariner" }),
      "default_node_pool.os_sku: expected one of AzureLinux, AzureLinux3, Ubuntu",
    ],
    [
      "an unknown value in a list",
      { network_profile: { network_plugin: "azure", ip_versions: ["IPv5"] } },
      'network_profile.ip_versions: expected one of IPv4, IPv6, got "IPv5"',
    ],
    ["a computed argument", { fqdn: "x" }, 'fqdn: expected nothing, the provider computes it, got "x"'],
  ])("%s", (_, changes, failure) => {
    expect(failuresOf(changes)).toEqual([expect.stringContaining(`${AT_4}: ${failure}`)]);
  });

  test("what another version lacks or demands", () => {
    expect(failuresOf({ node_provisioning_profile: { mode: "Manual" } }, ">= 3.105.0, < 4.0.0")).toEqual([
      expect.stringContaining("(hashicorp/azurerm 3.116.0): node_provisioning_profile: expected no such argument"),
    ]);
    expect(failuresOf({}, ">= 5.0.0, < 6.0.0")).toEqual([
      expect.stringContaining("(hashicorp/azurerm 5.2.0): node_provisioning_profile: expected at least 1 block"),
    ]);
  });

  test("a version or a type without a schema", () => {
    expect(failuresOf({}, ">= 2.0.0, < 3.0.0")).toContain(
      'azurerm_kubernetes_cluster.aks (no schema): the block: expected a version that has a schema in required_providers, got ">= 2.0.0, < 3.0.0"',
    );
  });

  test("what Terraform converts is fine", () => {
    expect(failuresOf({ ...pool({ node_count: "2" }), run_command_enabled: "true", name: "${var.name}" })).toEqual([]);
  });

  test.each([
    [
      "a block as an argument",
      'identity = {\n type = "SystemAssigned"\n}',
      "identity: expected a block instead of an argument",
    ],
    ["an argument as a block", 'tags {\n a = "b"\n}', 'tags: expected a value of type ["map","string"]'],
  ])("%s in HCL", async (_, text, failure) => {
    const hcl = `terraform {
      required_providers {
        azurerm = { version = "4.81.0" }
      }
    }
    resource "azurerm_kubernetes_cluster" "aks" {
      name = "aks"
      location = "eastus"
      resource_group_name = "group"
      default_node_pool {
        name = "default"
      }
      ${text}
    }`;
    expect(failuresIn(await parse("cdk.tf", hcl), "hcl")).toEqual([expect.stringContaining(failure)]);
  });

  test.each([
    ['resource "azurerm_kubernetes_cluster" "aks" {\nidentity = [{\ntype = "x"\n}]\n}', "identity"],
    [
      'resource "azurerm_kubernetes_cluster" "aks" {\ndefault_node_pool {\nupgrade_settings = [\n{}\n]\n}\n}',
      "default_node_pool.upgrade_settings",
    ],
  ])("a block as an argument that is a list: %j", (hcl, path) => {
    expect(blocksAsArguments(hcl, CONSTRAINTS)).toEqual([
      `azurerm_kubernetes_cluster.aks: ${path}: expected a block instead of an argument`,
    ]);
  });
});
