import { PodSpec } from "./pod-templates";

type Json = { readonly [name: string]: unknown };

interface SecurityContext {
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly runAsNonRoot?: boolean;
  readonly runAsUser?: string | number;
  readonly procMount?: string;
  readonly capabilities?: { readonly add?: readonly string[]; readonly drop?: readonly string[] };
  readonly seccompProfile?: { readonly type?: string };
  readonly seLinuxOptions?: { readonly type?: string; readonly user?: string; readonly role?: string };
  readonly windowsOptions?: { readonly hostProcess?: boolean };
  readonly sysctls?: readonly { readonly name: string }[];
}

/** Source: kubernetes.io/docs/concepts/security/pod-security-standards, as all that follows. */
const VOLUMES = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

const SYSCTLS = [
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.tcp_wmem",
];

const SE_LINUX_TYPES = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

const SECCOMP = ["RuntimeDefault", "Localhost"];

/** Returns the fields of a pod that Pod Security `restricted` refuses, Windows pods left aside; none if it admits it. */
export function violationsOfRestricted(pod: PodSpec): string[] {
  const podContext = (pod.securityContext ?? {}) as SecurityContext;
  const containers = [...pod.containers, ...(pod.initContainers ?? []), ...(pod.ephemeralContainers ?? [])];
  return [
    ...["hostNetwork", "hostPID", "hostIPC"].filter((field) => pod[field] === true),
    ...(pod.volumes ?? []).flatMap((volume) =>
      Object.keys(volume).filter((field) => field !== "name" && !VOLUMES.includes(field)),
    ),
    ...(podContext.sysctls ?? []).filter(({ name }) => !SYSCTLS.includes(name)).map(({ name }) => `sysctl ${name}`),
    ...ofContext(podContext).map((violation) => `pod: ${violation}`),
    ...containers.flatMap((container) =>
      ofContainer(container, podContext).map((violation) => `${String(container.name)}: ${violation}`),
    ),
  ];
}

function ofContainer(container: Json, podContext: SecurityContext): string[] {
  const context = (container.securityContext ?? {}) as SecurityContext;
  const { add = [], drop = [] } = context.capabilities ?? {};
  const seccomp = context.seccompProfile?.type ?? podContext.seccompProfile?.type ?? "none";
  const ports = (container.ports ?? []) as { readonly hostPort?: number }[];
  return [
    ...ofContext(context),
    ...(context.privileged ? ["privileged"] : []),
    ...(context.allowPrivilegeEscalation === false ? [] : ["allowPrivilegeEscalation"]),
    ...((context.runAsNonRoot ?? podContext.runAsNonRoot) === true ? [] : ["runAsNonRoot"]),
    ...(drop.includes("ALL") ? [] : ["capabilities.drop"]),
    ...add.filter((capability) => capability !== "NET_BIND_SERVICE").map((capability) => `capability ${capability}`),
    ...(SECCOMP.includes(seccomp) ? [] : [`seccompProfile ${seccomp}`]),
    ...(["Default", undefined].includes(context.procMount) ? [] : ["procMount"]),
    ...(ports.some(({ hostPort }) => hostPort) ? ["hostPort"] : []),
  ];
}

function ofContext({ runAsUser, seLinuxOptions, windowsOptions, seccompProfile }: SecurityContext): string[] {
  const { type = "", user, role } = seLinuxOptions ?? {};
  return [
    ...(Number(runAsUser) === 0 ? ["runAsUser 0"] : []),
    ...(user || role || !SE_LINUX_TYPES.includes(type) ? ["seLinuxOptions"] : []),
    ...(windowsOptions?.hostProcess ? ["hostProcess"] : []),
    ...(seccompProfile?.type === "Unconfined" ? ["seccompProfile Unconfined"] : []),
  ];
}
