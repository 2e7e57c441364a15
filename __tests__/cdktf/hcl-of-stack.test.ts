import { DataAzurermKeyVault } from "@cdktf/provider-azurerm/lib/data-azurerm-key-vault";
import { LinuxVirtualMachine } from "@cdktf/provider-azurerm/lib/linux-virtual-machine";
import { JobV1 } from "@cdktf/provider-kubernetes/lib/job-v1";
import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { App, TerraformElement, TerraformOutput, TerraformStack, TerraformVariable, Token } from "cdktf";
import { AksCluster, AzurermVersion, PodSandboxing, SandboxStack } from "../../lib";
import { hclOfStack } from "../../lib/cdktf/hcl-of-stack";
import { CLUSTER, clusterIn, KATA_POOL } from "../support/clusters";
import { storageAccount, workspace } from "../support/ids";

/** Returns a stack in HCL, with one space for all space. */
function hclOf(stack: TerraformStack): string {
  return hclOfStack(stack).hcl.replace(/\s+/g, " ");
}

function stackWith(build: (stack: TerraformStack) => void): string {
  const stack = new TerraformStack(new App(), "stack");
  build(stack);
  return hclOf(stack);
}

describe("an override in a cluster", () => {
  function clusterWith(path: string, value: unknown, podSandboxing = PodSandboxing.GA): string {
    const { resource } = clusterIn(new App(), { podSandboxing, tags: { env: "dev", team: "a" } });
    resource.addOverride(path, value);
    return hclOf(resource.cdktfStack);
  }

  test.each([PodSandboxing.GA, PodSandboxing.GA.on(AzurermVersion.V5)])("is a block if azurerm has one", (release) => {
    const hcl = clusterWith("node_provisioning_profile", { mode: "Auto" }, release);
    expect(hcl).toContain('node_provisioning_profile { mode = "Auto" }');
    expect(hcl).not.toContain("Manual");
  });

  test.each([
    ["default_node_pool.os_sku", "Ubuntu", 'os_sku = "Ubuntu"'],
    ["default_node_pool.upgrade_settings.max_surge", "33%", 'upgrade_settings { max_surge = "33%" }'],
    ["tags.env", "prod", 'tags = { env = "prod" team = "a" }'],
    ["timeouts.update", "3h", 'timeouts { update = "3h" }'],
    [
      "dynamic.maintenance_window",
      { for_each: "${var.windows}", content: { allowed: [{ day: "Sunday", hours: [1] }] } },
      'dynamic "maintenance_window" { for_each = var.windows content { allowed { day = "Sunday" hours = [1] } } }',
    ],
    [
      "default_node_pool.dynamic.linux_os_config",
      { for_each: "${var.systems}", iterator: "os", content: { sysctl_config: { fs_file_max: "${os.value}" } } },
      'dynamic "linux_os_config" { for_each = var.systems iterator = os content { sysctl_config { fs_file_max = os.value } } }',
    ],
  ])("is written in what is there: %s", (path, value, written) => {
    expect(clusterWith(path, value)).toContain(written);
  });
});

describe("an override in a sandbox is written:", () => {
  const cluster = clusterIn(new App(), { podSandboxing: PodSandboxing.GA });
  const sandbox = new SandboxStack(cluster.node.root, "sandbox", { cluster });
  const runtimeClass = sandbox.addRuntimeClass("small");
  const namespace = sandbox.addNamespace("untrusted", { runtimeClass });
  const template = { metadata: {}, spec: { container: [{ name: "a", image: "b" }] } };
  const job = new JobV1(sandbox, "job", { metadata: { name: "job" }, spec: { template } });
  const quota = namespace.node.findChild("quota") as TerraformElement;

  test.each<[string, TerraformElement, unknown, string]>([
    ["manifest.metadata.annotations", runtimeClass.resource, { "a/b": "c" }, 'annotations = { "a/b" = "c" }'],
    ["metadata.labels.team", namespace.resource, "a", 'team = "a"'],
    ["spec.ttl_seconds_after_finished", job, "60", 'ttl_seconds_after_finished = "60"'],
    ["spec.scopes", quota, ["NotTerminating"], 'scopes = ["NotTerminating"]'],
  ])("%s", (path, resource, value, written) => {
    resource.addOverride(path, value);
    expect(hclOf(sandbox)).toContain(written);
  });
});

test("a provider with an alias is a bare reference of all that belongs to a cluster", () => {
  const hcl = stackWith((stack) => {
    const provider = new AzurermProvider(stack, "other", { alias: "other", features: [{}] });
    const cluster = new AksCluster(stack, "aks", { ...CLUSTER, podSandboxing: PodSandboxing.GA, provider });
    cluster.addKataNodePool("kata", KATA_POOL);
    cluster.addContainerInsights("insights", { logAnalyticsWorkspaceId: workspace("logs") });
    cluster.addDiagnosticSetting("logs", { storageAccountId: storageAccount("logs") });
    new ResourceGroup(stack, "group", { name: "a", location: "b" }).addOverride("provider", "azurerm.other");
  });
  const resources = hcl.split(/(?=\bresource ")/).slice(1);
  const azurerm = resources.filter((resource) => resource.startsWith('resource "azurerm_'));
  expect(azurerm.length).toBeGreaterThan(5);
  expect(azurerm.filter((resource) => !resource.includes(" { provider = azurerm.other "))).toEqual([]);
});

test("settings of Terraform and top-level blocks may be overrides", () => {
  const hcl = stackWith((stack) => {
    stack.addOverride("terraform.required_version", ">= 1.5");
    stack.addOverride("removed", [{ from: "terraform_data.a", lifecycle: { destroy: false } }]);
    stack.addOverride("check.c.assert", [{ condition: "${true}", error_message: "no" }]);
  });
  expect(hcl).toContain('terraform { required_version = ">= 1.5" }');
  expect(hcl).toContain("removed { from = terraform_data.a lifecycle { destroy = false } }");
  expect(hcl).toContain('check "c" { assert { condition = true error_message = "no" } }');
});

test("an SSH key keeps its line break", () => {
  const { resource } = clusterIn(new App(), { podSandboxing: PodSandboxing.GA });
  resource.putLinuxProfile({ adminUsername: "me", sshKey: { keyData: "ssh-rsa AAAA\n" } });
  expect(hclOf(resource.cdktfStack)).toContain('ssh_key { key_data = "ssh-rsa AAAA\\n" }');
});

test.each([
  ["C:\\temp", '"C:\\\\temp"'],
  ["C:\\data", '"C:\\\\data"'],
  ["pass\\word", '"pass\\\\word"'],
  ["one\ntwo", '"one\\ntwo"'],
  ["%%{http_code}", '"%%{http_code}"'],
])("the tag %j is text", (tag, written) => {
  const hcl = stackWith((stack) => new ResourceGroup(stack, "group", { name: "a", location: "b", tags: { tag } }));
  expect(hcl).toContain(`tags = { tag = ${written} }`);
});

test("an expression of several lines is an expression", () => {
  const hcl = stackWith((stack) => {
    new TerraformOutput(stack, "list", { value: Token.asList("${[\n for x in [1] :\n x\n]}") });
    new TerraformOutput(stack, "sum", { value: "${1 +\n2}" });
  });
  expect(hcl).toContain("value = [ for x in [1] : x ]");
  expect(hcl).toContain("value = ( 1 + 2 )");
});

test.each<[unknown, string]>([
  ["[]", '"[]"'],
  ['{"a":1}', '"{\\"a\\":1}"'],
  [0, "0"],
  [false, "false"],
  ["", '""'],
  ["%{x}", '"%%{x}"'],
])("a variable's default stays %j", (value, written) => {
  const hcl = stackWith((stack) => new TerraformVariable(stack, "given", { default: value, description: "a\nb" }));
  expect(hcl).toContain(`variable "given" { default = ${written} description = "a\\nb" }`);
});

test("descriptions of outputs and commands of provisioners are text", () => {
  const hcl = stackWith((stack) => {
    const command = 'cat <<EOF\n"$HOME"\nEOF\n';
    new ResourceGroup(stack, "group", { name: "a", location: "b", provisioners: [{ type: "local-exec", command }] });
    new TerraformOutput(stack, "out", { value: 1, description: "a\nb" });
  });
  expect(hcl).toContain('provisioner "local-exec" { command = "cat <<EOF\\n\\"$HOME\\"\\nEOF\\n" }');
  expect(hcl).toContain('output "out" { value = 1 description = "a\\nb" }');
});

describe("blocks of a type that has no schema here", () => {
  const DISK = { caching: "None", storageAccountType: "Standard_LRS" };
  const MACHINE = { name: "a", location: "b", resourceGroupName: "c", size: "d", networkInterfaceIds: ["e"] };

  test("are those that the bindings mark", () => {
    const hcl = stackWith((stack) => {
      new LinuxVirtualMachine(stack, "machine", {
        ...MACHINE,
        osDisk: { ...DISK, diffDiskSettings: { option: "Local" } },
        adminSshKey: [{ username: "u", publicKey: "k" }],
        tags: { a: "b" },
      });
    });
    expect(hcl).toContain('diff_disk_settings { option = "Local" }');
    expect(hcl).toContain('admin_ssh_key { public_key = "k" username = "u" }');
    expect(hcl).toContain('tags = { a = "b" }');
  });

  test("are arguments if nobody marks them, but for timeouts", () => {
    const hcl = stackWith((stack) => {
      const machine = new LinuxVirtualMachine(stack, "machine", { ...MACHINE, osDisk: DISK });
      machine.addOverride("plan", { name: "a" });
      machine.addOverride("timeouts", { create: "1h" });
    });
    expect(hcl).toContain('plan = { name = "a" }');
    expect(hcl).toContain('timeouts { create = "1h" }');
  });

  test("are known of providers and data sources, too", () => {
    const hcl = stackWith((stack) => {
      stack.addOverride("terraform.required_providers.azurerm.version", "~> 1.0");
      new AzurermProvider(stack, "azurerm", { features: [{ keyVault: [{ recoverSoftDeletedKeys: true }] }] });
      new DataAzurermKeyVault(stack, "vault", { name: "a", resourceGroupName: "b", timeouts: { read: "1m" } });
    });
    expect(hcl).toContain("features { key_vault { recover_soft_deleted_keys = true } }");
    expect(hcl).toContain('timeouts { read = "1m" }');
  });
});

test("metadata is what the JSON has as comments, for the CLI of cdktf", () => {
  const { resource } = clusterIn(new App(), { podSandboxing: PodSandboxing.GA });
  const json = resource.cdktfStack.toTerraform();
  expect(hclOfStack(resource.cdktfStack).metadata).toEqual({
    "//": json["//"],
    terraform: json.terraform,
    resource: { azurerm_kubernetes_cluster: { aks: { "//": json.resource.azurerm_kubernetes_cluster.aks["//"] } } },
  });
});
