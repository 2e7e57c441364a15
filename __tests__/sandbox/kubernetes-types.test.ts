import { ReplicaSet } from "kubernetes-models/apps/v1/ReplicaSet";
import { RuntimeClass } from "kubernetes-models/node.k8s.io/v1/RuntimeClass";
import { ValidatingAdmissionPolicy } from "kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy";
import { ValidatingAdmissionPolicyBinding } from "kubernetes-models/admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding";
import { join } from "node:path";
import ts from "typescript";
import { runApp } from "../support/synth";
import { EXAMPLES, RELEASES } from "../support/apps";
import { PROJECT } from "../support/synth";

const KINDS: {
  readonly [kind: string]: { readonly from: string; readonly model: new (data: never) => { validate(): void } };
} = {
  ReplicaSet: { from: "apps/v1", model: ReplicaSet },
  RuntimeClass: { from: "node.k8s.io/v1", model: RuntimeClass },
  ValidatingAdmissionPolicy: { from: "admissionregistration.k8s.io/v1", model: ValidatingAdmissionPolicy },
  ValidatingAdmissionPolicyBinding: {
    from: "admissionregistration.k8s.io/v1",
    model: ValidatingAdmissionPolicyBinding,
  },
};

interface Manifest {
  readonly kind: string;
}

/** All manifests of main.ts and the examples. */
const MANIFESTS: readonly Manifest[] = ["main.ts", ...EXAMPLES.map((name) => `examples/${name}.ts`)]
  .flatMap((file) => Object.values(RELEASES).map((release) => runApp(file, "json", release).sandbox))
  .filter((stack) => stack !== undefined)
  .flatMap((stack) => Object.values<{ manifest: Manifest }>(JSON.parse(stack).resource.kubernetes_manifest))
  .map(({ manifest }) => manifest);

test("every manifest has the values that Kubernetes' schemas want", () => {
  expect(MANIFESTS.length).toBeGreaterThan(20);
  for (const manifest of MANIFESTS)
    expect(() => new KINDS[manifest.kind].model(manifest as never).validate()).not.toThrow();
});

test("no manifest has a field that Kubernetes does not know", () => {
  expect(typeErrorsOf(MANIFESTS)).toEqual([]);
});

test("an unknown field would be found", () => {
  const manifest = MANIFESTS.find(({ kind }) => kind === "RuntimeClass")!;
  expect(typeErrorsOf([{ ...manifest, schedule: {} } as Manifest])).toEqual([
    expect.stringContaining(`'"schedule"' does not exist in type 'IRuntimeClass'`),
  ]);
});

/** Errors of the compiler in the manifests as literals of their types, in which it refuses fields that are not there. */
function typeErrorsOf(manifests: readonly Manifest[]): string[] {
  const file = join(PROJECT, "__tests__/manifests.virtual.ts");
  const imports = Object.entries(KINDS).map(
    ([kind, { from }]) => `import type { I${kind} } from "kubernetes-models/${from}/${kind}";`,
  );
  const literals = manifests.map(
    (manifest, i) => `export const m${i}: I${manifest.kind} = ${JSON.stringify(manifest)};`,
  );
  const text = [...imports, ...literals].join("\n");
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    target: ts.ScriptTarget.ES2022,
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, version) =>
    name === file ? ts.createSourceFile(name, text, version) : getSourceFile(name, version);
  return ts
    .getPreEmitDiagnostics(ts.createProgram([file], options, host))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
}
