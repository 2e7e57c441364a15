import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { App, TerraformOutput } from "cdktf";
import { ClusterStack, InputVariable, PodSandboxing, SandboxStack } from "../lib";
import { structureOfHcl, structureOfJson } from "./support/hcl";
import { CLUSTER, clusterIn, KATA_POOL } from "./support/clusters";
import { Language, synthesise } from "./support/synth";

const GA = { podSandboxing: PodSandboxing.GA };

describe("meta-arguments", () => {
  function build(app: App): void {
    const cluster = clusterIn(app, {
      ...GA,
      lifecycle: {
        ignoreChanges: ["tags", "default_node_pool[0].node_count"],
        preventDestroy: true,
        precondition: [{ condition: "${1 < 2}", errorMessage: "never" }],
      },
    });
    const group = new ResourceGroup(cluster.resource.cdktfStack, "group", { name: "group", location: "eastus" });
    cluster.addNodePool("next", { ...KATA_POOL, lifecycle: { replaceTriggeredBy: [group] } });
    cluster.addNodePool("apps", { ...KATA_POOL, dependsOn: [cluster.resource], lifecycle: { ignoreChanges: "all" } });
  }
  const synth = (language: Language) => synthesise(build, language).cluster;

  test("are references and blocks in HCL", () => {
    const hcl = synth("hcl").replace(/\s+/g, " ");
    expect(hcl).toContain("ignore_changes = [tags, default_node_pool[0].node_count]");
    expect(hcl).toContain("prevent_destroy = true");
    expect(hcl).toContain('precondition { condition = 1 < 2 error_message = "never" }');
    expect(hcl).toContain("depends_on = [azurerm_kubernetes_cluster.aks]");
    expect(hcl).toMatch(/lifecycle \{ ignore_changes = all replace_triggered_by = \[terraform_data\.\w+\] \}/);
  });

  test("may trigger a replacement by a resource", () => {
    const pools = Object.values(JSON.parse(synth("json")).resource.azurerm_kubernetes_cluster_node_pool);
    const replace_triggered_by = expect.arrayContaining(["azurerm_resource_group.group"]);
    expect(pools).toContainEqual(expect.objectContaining({ lifecycle: { replace_triggered_by } }));
    expect(synth("hcl")).toContain("replace_triggered_by = [azurerm_resource_group.group, terraform_data.");
  });

  test("say the same in JSON", async () => {
    expect(await structureOfHcl(synth("hcl"))).toEqual(structureOfJson(synth("json")));
  });
});

test.each([0, 1, false, true, "", "text", "[]", '{"a":1}', [], ["a"], { nodeCount: 1, "a/b": { cD: null } }, null])(
  "a variable keeps its default of %j",
  async (value) => {
    const [json, hcl] = (["json", "hcl"] as const).map(
      (language) =>
        synthesise((app) => {
          const variable = new InputVariable(new ClusterStack(app, "cluster"), "given", { default: value });
          new TerraformOutput(variable.cdktfStack, "out", { value: variable.value });
        }, language).cluster,
    );
    expect(JSON.parse(json).variable.given.default).toEqual(value);
    expect(await structureOfHcl(hcl)).toEqual(structureOfJson(json));
  },
);

test("both stacks write bare expressions", () => {
  const files = synthesise((app) => {
    new SandboxStack(app, "sandbox", { cluster: clusterIn(app, { ...GA, resourceGroup: CLUSTER.resourceGroup }) });
  }, "hcl");
  expect(files.cluster).toContain("value = azurerm_kubernetes_cluster.aks.fqdn\n");
  expect(files.sandbox).toMatch(/host += data\.azurerm_kubernetes_cluster\.cluster\.kube_config\[0\]\.host\n/);
});
