import { AksCluster, IKataRuntimeClass, SandboxStack } from "../../lib";
import { sandboxStack } from "./clusters";

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly spec: any;
}

/** The manifest of a policy or binding, with the arguments of Terraform. */
export interface WrittenManifest {
  readonly manifest: Manifest;
  readonly field_manager: object;
  readonly depends_on?: readonly string[];
  readonly wait?: object;
  readonly lifecycle: { readonly postcondition: readonly { condition: string; error_message: string }[] };
}

type Build = (sandbox: SandboxStack, small: IKataRuntimeClass, cluster: AksCluster) => void;

/** All policies and bindings of a sandbox stack with a namespace and three classes. */
export function writtenPolicies(build: Build = () => {}, props: object = {}): WrittenManifest[] {
  const { resource } = sandboxStack((sandbox, cluster) => {
    sandbox.addNamespace("untrusted");
    const small = sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" });
    sandbox.addRuntimeClass("kata-large", { podMemory: "8Gi" });
    sandbox.addRuntimeClass("kata");
    build(sandbox, small, cluster);
  }, props);
  return Object.values<WrittenManifest>(resource.kubernetes_manifest).filter(({ manifest }) =>
    manifest.kind.includes("AdmissionPolicy"),
  );
}

/** The manifest of one policy of the stack `sandbox`; without a name that of pods. */
export function policyOf(name = "sandbox", build?: Build, props?: object): Manifest {
  const found = writtenPolicies(build, props).find(
    ({ manifest: { kind, metadata } }) => metadata.name === name && !kind.endsWith("Binding"),
  );
  if (found === undefined) throw new Error(`there is no policy ${name}`);
  return found.manifest;
}
