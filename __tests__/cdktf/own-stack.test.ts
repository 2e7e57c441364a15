import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { App, TerraformStack } from "cdktf";
import { hclOfStack } from "../../lib";
import { structureOfHcl, structureOfJson } from "../support/hcl";
import { Language, synthesise } from "../support/synth";

/** Everything that cdktf's own HCL writer spoils. */
const MANIFEST = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "strings", labels: { "example.com/a.b": "true", count: "42" } },
  list: [{ key: "a", values: ["x", "1"] }, { key: "b" }],
  single: ["only"],
  empty: [],
  number: 7,
  flag: false,
  data: {
    bracket: "[not a list]",
    brace: "{not: an object}",
    quote: '"quoted" text',
    inner: 'say "hello"',
    backslash: "C:\\path",
    lines: "one\ntwo\n",
    nothing: "",
  },
};

class OwnStack extends TerraformStack {
  override toHclTerraform() {
    return hclOfStack(this);
  }
}

function synth(language: Language): string {
  return synthesise((app: App) => {
    const stack = new OwnStack(app, "stack");
    new KubernetesProvider(stack, "kubernetes");
    new Manifest(stack, "manifest", { manifest: MANIFEST });
  }, language).stack;
}

test("a stack of one's own says the same in HCL with one line", async () => {
  const fromJson = structureOfJson(synth("json")) as { resource: unknown };
  expect(fromJson.resource).toEqual({ kubernetes_manifest: { manifest: { manifest: expect.anything() } } });
  expect(await structureOfHcl(synth("hcl"))).toEqual(fromJson);
});
