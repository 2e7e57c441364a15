import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { App, TerraformStack } from "cdktf";
import { HclSafeManifest } from "../../lib/sandbox/manifest";
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

function synth(language: Language): string {
  return synthesise((app: App) => {
    const stack = new TerraformStack(app, "stack");
    new KubernetesProvider(stack, "kubernetes");
    new HclSafeManifest(stack, "manifest", { manifest: MANIFEST });
  }, language).stack;
}

test("lists and strings of a manifest are the same in HCL", async () => {
  const fromJson = structureOfJson(synth("json")) as { resource: unknown };
  const fromHcl = (await structureOfHcl(synth("hcl"))) as { resource: unknown };
  expect(fromJson.resource).toEqual({ kubernetes_manifest: { manifest: { manifest: expect.anything() } } });
  expect(withoutEscapes(fromHcl.resource)).toEqual(fromJson.resource);
});

/** The parser leaves `${"…"}` as it is; Terraform evaluates it to the string inside. */
function withoutEscapes(value: unknown): unknown {
  if (typeof value === "string") return value.startsWith('${"') ? JSON.parse(value.slice(2, -1)) : value;
  if (Array.isArray(value)) return value.map(withoutEscapes);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, withoutEscapes(inside)]));
}
