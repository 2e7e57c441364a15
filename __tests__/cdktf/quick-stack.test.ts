import { DataAzurermResourceGroup } from "@cdktf/provider-azurerm/lib/data-azurerm-resource-group";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import {
  Annotations,
  App,
  Aspects,
  Fn,
  IAspect,
  Lazy,
  TerraformElement,
  TerraformHclModule,
  TerraformLocal,
  TerraformOutput,
  TerraformStack,
  Token,
} from "cdktf";
import { addCustomSynthesis, StackSynthesizer } from "cdktf/lib/synthesize/synthesizer";
import { Construct, IConstruct } from "constructs";
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ClusterStack, SandboxStack } from "../../lib";
import { clusterIn, KATA_POOL } from "../support/clusters";

type Build = (app: App) => void;

function appIn(outdir = mkdtempSync(join(tmpdir(), "quick-"))): App {
  return new App({ outdir });
}

/** The text of all files that an app writes, its manifest included. */
function filesOf(app: App): { readonly [path: string]: string } {
  app.synth();
  const paths = readdirSync(app.outdir, { recursive: true, encoding: "utf8" });
  const files = paths.filter((path) => statSync(join(app.outdir, path)).isFile());
  return Object.fromEntries(files.sort().map((path) => [path, readFileSync(join(app.outdir, path), "utf8")]));
}

/** Has cdktf itself synthesise all stacks. */
function byCdktf(app: App, hcl = false): App {
  const { toTerraform, prepareStack } = TerraformStack.prototype;
  for (const stack of app.node.findAll().filter(TerraformStack.isStack)) {
    Object.assign(stack, { toTerraform, synthesizer: new StackSynthesizer(stack, true, hcl) });
    if (stack instanceof ClusterStack) Object.assign(stack, { prepareStack });
  }
  return app;
}

function built(build: Build): App {
  const app = appIn();
  build(app);
  return app;
}

const GROUP = { name: "group", location: "eastus" };

function everything(app: App): void {
  const cluster = clusterIn(app, { tags: { team: "a", 10: "ten", 9: "nine" } });
  const stack = TerraformStack.of(cluster);
  cluster.addKataNodePool("kata", { ...KATA_POOL, zones: [], nodeLabels: Token.asStringMap("${local.labels}") });
  const group = new ResourceGroup(stack, "group", {
    ...GROUP,
    tags: { "a.b": 'é\n"${x}\\', [Token.asString("${local.key}")]: "v" },
  });
  group.addOverride("timeouts", { create: "1h", nothing: undefined });
  group.addOverride("lifecycle.ignore_changes", ["tags"]);
  const data = new DataAzurermResourceGroup(stack, "data", { name: Lazy.stringValue({ produce: () => "group" }) });
  new TerraformLocal(stack, "local", { list: [1, [], {}, null], call: Fn.merge([{ a: 1 }, data.tags]), huge: 1e300 });
  new TerraformHclModule(stack, "module", {
    source: "git::https://example.com/module.git",
    variables: { id: group.id },
  });
  const inside = new Construct(stack, "inside");
  new TerraformOutput(inside, "deep", { value: group.id, sensitive: true });
  new TerraformOutput(stack, "inside-output", { value: group, staticId: true });
  new ResourceGroup(stack, "moved", GROUP).moveToId("azurerm_resource_group.group");
  stack.addOverride("resource.azurerm_resource_group.group.tags.late", Token.asString("${local.late}"));
  stack.addOverride("terraform.required_version", ">= 1.5");
  stack.addOverride("check.odd", [{ assert: { condition: "${true}" } }]);
  Annotations.of(group).addInfo("an info");
  Annotations.of(inside).addWarning("a warning");
  Annotations.of(group).addError("an error");
  addCustomSynthesis(inside, {
    onSynthesize: ({ outdir, manifest }) =>
      writeFileSync(join(outdir, manifest.forStack(stack).workingDirectory, "x"), "y"),
  });
}

class Adding extends TerraformElement {
  override toTerraform() {
    if (this.node.children.length === 0) new TerraformOutput(this, "added", { value: "late" });
    return {};
  }
}

class Tagging implements IAspect {
  visit(construct: IConstruct) {
    if (construct instanceof ResourceGroup) construct.tags = { by: "aspect" };
    if (construct instanceof TerraformElement && construct.node.id === "late")
      construct.addOverride("managed_by", "aspect");
  }
}

test.each<[string, Build]>([
  ["everything that a stack may hold", everything],
  [
    "two stacks",
    (app) => new SandboxStack(app, "pods", { cluster: clusterIn(app) }).cluster.addKataNodePool("kata", KATA_POOL),
  ],
  [
    "references to another stack, and back to a third one",
    (app) => {
      const cluster = clusterIn(app);
      const other = new TerraformStack(app, "other");
      const third = new ClusterStack(app, "third");
      const group = new ResourceGroup(third, "group", GROUP);
      new TerraformOutput(other, "id", { value: cluster.clusterId });
      new TerraformOutput(TerraformStack.of(cluster), "group", { value: `x-${group.id}` });
    },
  ],
  [
    "a stack in a stack, which refers to it",
    (app) => {
      const cluster = clusterIn(app);
      new TerraformOutput(new TerraformStack(TerraformStack.of(cluster), "inner"), "id", { value: cluster.clusterId });
    },
  ],
  [
    "a stack that refers to one in it",
    (app) => {
      const stack = TerraformStack.of(clusterIn(app));
      const group = new ResourceGroup(new ClusterStack(stack, "inner"), "group", GROUP);
      new TerraformOutput(stack, "id", { value: group.id });
    },
  ],
  [
    "an element that adds another when it is written",
    (app) => void new Adding(TerraformStack.of(clusterIn(app)), "adding"),
  ],
  [
    "what an aspect and a validation change after the stack was prepared",
    (app) => {
      const stack = TerraformStack.of(clusterIn(app));
      const late = new ResourceGroup(stack, "late", GROUP);
      Aspects.of(stack).add(new Tagging());
      stack.node.addValidation({ validate: () => (late.addOverride("location", "westus"), []) });
    },
  ],
])("is written as cdktf writes it: %s", (_, build) => {
  const [ours, theirs] = [appIn(), appIn()];
  for (const app of [ours, theirs]) build(app);
  const files = filesOf(ours);
  expect(files).toEqual(filesOf(byCdktf(theirs)));
  expect(Object.keys(files)).toContain("stacks/cluster/cdk.tf.json");
});

test("is written in HCL in the files that cdktf writes", () => {
  process.env.SYNTH_HCL_OUTPUT = "true";
  const [ours, theirs] = [appIn(), appIn()];
  for (const app of [ours, theirs]) everything(app);
  delete process.env.SYNTH_HCL_OUTPUT;
  const files = filesOf(ours);
  expect(files).toEqual(filesOf(byCdktf(theirs, true)));
  expect(Object.keys(files)).toEqual(expect.arrayContaining(["stacks/cluster/cdk.tf", "stacks/cluster/metadata.json"]));
});

test("a second synthesis writes the same", () => {
  const app = built(everything);
  const first = filesOf(app);
  expect(filesOf(app)).toEqual(first);
});

test("a stack that has company after all is prepared for it", () => {
  const app = appIn();
  const cluster = clusterIn(app);
  app.synth();
  new TerraformOutput(new TerraformStack(app, "other"), "id", { value: cluster.clusterId });
  expect(filesOf(app)["stacks/other/cdk.tf.json"]).toContain("data.terraform_remote_state");
});

test("a stack that is alone in its app may refer to one of another app", () => {
  const [app, other] = [appIn(), appIn()];
  const group = new ResourceGroup(new ClusterStack(other, "other"), "group", GROUP);
  new TerraformOutput(TerraformStack.of(clusterIn(app)), "id", { value: group.id });
  const { data, output } = JSON.parse(filesOf(app)["stacks/cluster/cdk.tf.json"]);
  expect(output.id.value).toMatch(/^\$\{data\.terraform_remote_state\./);
  expect(Object.keys(data.terraform_remote_state)).toHaveLength(1);
});

test("errors of annotations stop the app", () => {
  const known = process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS;
  delete process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS;
  const app = built((app) => Annotations.of(clusterIn(app)).addError("it is wrong"));
  process.env.CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS = known;
  expect(() => app.synth()).toThrow('Encountered Annotations with level "ERROR":\n[cluster/aks] it is wrong');
  expect(existsSync(join(app.outdir, "stacks/cluster/cdk.tf.json"))).toBe(false);
});

test("nothing is written of a stack that cannot be written", () => {
  const app = built((app) => {
    const pool = clusterIn(app).addKataNodePool("kata", KATA_POOL);
    pool.resource.addOverride("workload_runtime", "OCIContainer");
  });
  expect(() => app.synth()).toThrow("workload_runtime of a kata node pool is overridden");
  expect(readdirSync(join(app.outdir, "stacks"))).toEqual([]);
});
