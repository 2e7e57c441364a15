import { parse } from "@cdktf/hcl2json";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSynthOutputs } from "../../../lib/review/read/synth-output";
import { writeStacks } from "../../support/reviews";

// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Json = any;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "synth-output-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(stack: string, files: { readonly [file: string]: string }): void {
  mkdirSync(join(folder, "stacks", stack), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, "stacks", stack, file), text);
}

test("reads stacks in both languages, in the order of their names", async () => {
  write("b", { "cdk.tf": 'resource "terraform_data" "x" {\n  input = "a"\n}\n', "metadata.json": "{}" });
  write("a", { "cdk.tf.json": '{"resource":{}}' });
  expect(await readSynthOutputs([folder])).toEqual([
    [
      { name: "a", language: "json", configuration: { resource: {} } },
      { name: "b", language: "hcl", configuration: { resource: { terraform_data: { x: [{ input: "a" }] } } } },
    ],
  ]);
});

test("an empty folder of stacks has none", async () => {
  expect(await readSynthOutputs([writeStacks(folder, {})])).toEqual([[]]);
});

test("HCL is the same whether it is parsed in pieces or whole", async () => {
  const pieces = [
    'resource "terraform_data" "x" {\n  input = <<EOT\nresource "not_a" "block" {\nEOT\n}',
    'resource "terraform_data" "y" {\n  input = "b"\n}',
    'output "o" {\n  value = "c"\n}',
  ];
  const resources = { terraform_data: { x: [{ input: 'resource "not_a" "block" {\n' }], y: [{ input: "b" }] } };
  write("whole", { "cdk.tf": pieces.join("\n") });
  write("part", { "cdk.tf": pieces.slice(1).join("\n") });
  const [[part, whole]] = await readSynthOutputs([folder]);
  expect(whole.configuration).toEqual({ resource: resources, output: { o: [{ value: "c" }] } });
  expect((part.configuration as Json).resource.terraform_data).toEqual({ y: [{ input: "b" }] });
});

test("blocks of one form are what the parser makes of each", async () => {
  const block = (name: string, on: string, text: string) => `resource "azurerm_kubernetes_cluster" "${name}" {
  name     = "${text}"
  zones    = ["1", "${name}"]
  subnet   = ${on}.subnets[0]["${name}"].id
  tags     = { "a.b/${name}" = "1.5", plain = lower(${on}.name) }
  size     = 1.5
  is_large = ${on}.large ? "yes" : "${text}"
  lifecycle {
    ignore_changes = [tags["${name}"], default_node_pool[0].node_count]
  }
}`;
  const blocks = [
    block("a", "azurerm_subnet.s", "10%, $5, it's"),
    block("b", "data.azurerm_subnet.other-one", ""),
    block("c", "local.x", "${var.size}-\\u00e9"),
    block("d", "var.y", "# <a> __0__ // é"),
  ];
  write("s", { "cdk.tf": blocks.join("\n") });
  const [[{ configuration }]] = await readSynthOutputs([folder]);
  expect(configuration).toEqual(await parse("cdk.tf", blocks.join("\n")));
});

const manyBlocks = Array.from(
  { length: 1500 },
  (_, i) => `resource "terraform_data" "x${i}" {\n  input = "${i % 7}"\n}`,
);

test("a large HCL file keeps all its blocks", async () => {
  write("large", { "cdk.tf": manyBlocks.join("\n") });
  const [[large]] = await readSynthOutputs([folder]);
  const expected = Object.fromEntries(manyBlocks.map((_, i) => [`x${i}`, [{ input: String(i % 7) }]]));
  expect((large.configuration as Json).resource.terraform_data).toEqual(expected);
});

test.each([0, 1499])("a large HCL file with a mistake in block %i is refused in one sentence", async (i) => {
  write("large", { "cdk.tf": manyBlocks.with(i, 'resource "a" {').join("\n") });
  await expect(readSynthOutputs([folder])).rejects.toThrow(/cdk\.tf" is not HCL \(.*\): synthesise again$/);
});

test("what several files have is not shared between them", async () => {
  const block = 'resource "terraform_data" "x" {\n  input = "a"\n}';
  write("a", { "cdk.tf": block });
  write("b", { "cdk.tf": `${block}\nresource "terraform_data" "y" {\n  input = "b"\n}` });
  const [[a, b]] = await readSynthOutputs([folder]);
  expect(Object.keys((a.configuration as Json).resource.terraform_data)).toEqual(["x"]);
  expect(Object.keys((b.configuration as Json).resource.terraform_data)).toEqual(["x", "y"]);
});

test("blocks without labels are all there, also where several files have some of them", async () => {
  const moved = (from: string) => `moved {\n  from = terraform_data.${from}\n  to   = terraform_data.z\n}`;
  write("a", { "cdk.tf": moved("x") });
  write("b", { "cdk.tf": `${moved("x")}\n${moved("y")}` });
  const [[a, b]] = await readSynthOutputs([folder]);
  expect([a, b].map(({ configuration }) => (configuration as Json).moved.length)).toEqual([1, 2]);
});

test("a file among the folders of stacks is no stack", async () => {
  write("a", { "cdk.tf.json": "{}" });
  writeFileSync(join(folder, "stacks", "b"), "");
  expect(await readSynthOutputs([folder])).toMatchObject([[{ name: "a" }]]);
});

test("an output that another one was copied into is refused", async () => {
  write("a", { "cdk.tf.json": "{}" });
  mkdirSync(join(folder, "cdktf.out/stacks"), { recursive: true });
  await expect(readSynthOutputs([folder])).rejects.toThrow(
    `"${folder}" has a folder "cdktf.out" beside "stacks", so one output was copied into another: remove both and copy again`,
  );
});

test("a file in place of the folder of stacks is refused", async () => {
  writeFileSync(join(folder, "stacks"), "");
  await expect(readSynthOutputs([folder])).rejects.toThrow('has no folder "stacks"');
});

test.each<[string, { readonly [file: string]: string }, RegExp]>([
  [
    "no JSON",
    { "cdk.tf.json": '{"a": s3cr3t-pass\n' },
    /cdk\.tf\.json" is not JSON \((position \d+|somewhere)\): synthesise again$/,
  ],
  ["no configuration", { "cdk.tf.json": "[]" }, /cdk\.tf\.json" is not a Terraform configuration: synthesise again$/],
  ["null", { "cdk.tf.json": "null" }, /cdk\.tf\.json" is not a Terraform configuration: synthesise again$/],
  ["no HCL", { "cdk.tf": 'resource "a" {' }, /cdk\.tf" is not HCL \(.*\): synthesise again$/],
  ["nothing", {}, /s" has neither cdk\.tf\.json nor cdk\.tf: synthesise again$/],
  [
    "both",
    { "cdk.tf.json": "{}", "cdk.tf": "" },
    /s" has both cdk\.tf\.json and cdk\.tf, which Terraform reads together: remove the stale one$/,
  ],
])("refuses a stack with %s in one sentence", async (_, files, message) => {
  write("s", files);
  const failure = await readSynthOutputs([folder]).catch((error: Error) => error.message);
  expect(failure).toMatch(message);
  expect(failure).not.toContain("\n");
});
