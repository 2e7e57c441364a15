import { EXAMPLES, RELEASES } from "../support/apps";
import { violationsOfRestricted } from "../support/pod-security";
import { podTemplatesIn } from "../support/pod-templates";
import { runApp } from "../support/synth";

const STACKS = ["main.ts", ...EXAMPLES.map((name) => `examples/${name}.ts`)].flatMap((file) =>
  Object.entries(RELEASES).flatMap(([release, podSandboxing]) =>
    Object.values(runApp(file, "json", podSandboxing)).map((text) => ({ name: `${file} ${release}`, text })),
  ),
);

const PODS = STACKS.flatMap(({ name, text }) =>
  [...podTemplatesIn(JSON.parse(text))].map(([address, pod]) => ({ name: `${name} ${address}`, pod })),
);

test.each(PODS)("$name is admitted as the provider writes it", ({ pod }) => {
  expect(violationsOfRestricted(pod)).toEqual([]);
});

const CONTEXT = {
  run_as_non_root: true,
  allow_privilege_escalation: false,
  capabilities: { drop: ["ALL"] },
  seccomp_profile: { type: "RuntimeDefault" },
};

function violationsOf(pod: object, container: object = { security_context: CONTEXT }): string[] {
  const spec = { ...pod, container: [{ name: "c", image: "i", ...container }] };
  const stack = { resource: { kubernetes_pod_v1: { pod: { metadata: {}, spec } } } };
  return violationsOfRestricted(podTemplatesIn(stack).get("kubernetes_pod_v1.pod")!);
}

test("a good pod is admitted", () => {
  expect(violationsOf({})).toEqual([]);
});

test.each<[string, object, object | undefined, string[]]>([
  [
    "run_as_non_root left out of a context that is there",
    { security_context: { run_as_non_root: true } },
    { security_context: { ...CONTEXT, run_as_non_root: undefined } },
    ["c: runAsNonRoot"],
  ],
  [
    "a context that says nothing",
    {},
    { security_context: {} },
    ["c: allowPrivilegeEscalation", "c: runAsNonRoot", "c: capabilities.drop", "c: seccompProfile none"],
  ],
  ["privileged", {}, { security_context: { ...CONTEXT, privileged: true } }, ["c: privileged"]],
  [
    "a capability",
    {},
    { security_context: { ...CONTEXT, capabilities: { drop: ["ALL"], add: ["SYS_ADMIN"] } } },
    ["c: capability SYS_ADMIN"],
  ],
  ["root", { security_context: { run_as_user: "0" } }, undefined, ["pod: runAsUser 0"]],
  [
    "a port of the host",
    {},
    { security_context: CONTEXT, port: [{ container_port: 80, host_port: 80 }] },
    ["c: hostPort"],
  ],
  ["the network of the host", { host_network: true }, undefined, ["hostNetwork"]],
  ["the processes of the host", { host_pid: true, host_ipc: true }, undefined, ["hostPID", "hostIPC"]],
  ["a path of the host", { volume: [{ name: "v", host_path: { path: "/" } }] }, undefined, ["hostPath"]],
  [
    "a sysctl",
    { security_context: { sysctl: [{ name: "kernel.msgmax", value: "1" }] } },
    undefined,
    ["sysctl kernel.msgmax"],
  ],
  ["SELinux", {}, { security_context: { ...CONTEXT, se_linux_options: { type: "spc_t" } } }, ["c: seLinuxOptions"]],
  [
    "no seccomp",
    { security_context: { seccomp_profile: { type: "Unconfined" } } },
    undefined,
    ["pod: seccompProfile Unconfined"],
  ],
])("%s is refused", (_, pod, container, violations) => {
  expect(violationsOf(JSON.parse(JSON.stringify(pod)), container && JSON.parse(JSON.stringify(container)))).toEqual(
    violations,
  );
});
