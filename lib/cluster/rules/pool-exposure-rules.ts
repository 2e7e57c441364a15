import type { Rule } from "../../validation/rule";
import type { NodePoolArguments } from "./node-pool-arguments";
import { AZURERM_POOL_RESOURCE } from "./sources";

type Ports = NonNullable<NonNullable<NodePoolArguments["nodeNetworkProfile"]>["allowedHostPorts"]>;

/** More ports in one opening are taken for an oversight. */
const MANY_PORTS = 100;

/** Arguments that open the nodes of a pool. */
export const POOL_EXPOSURE_RULES: readonly Rule<NodePoolArguments>[] = [
  {
    when: ({ nodePublicIpPrefixId, nodePublicIpEnabled }) =>
      nodePublicIpPrefixId !== undefined && nodePublicIpEnabled !== true,
    message: () => "nodePublicIpPrefixId needs nodePublicIpEnabled true: add it, or remove the prefix",
    source: `${AZURERM_POOL_RESOURCE}, RequiredWith`,
  },
  {
    when: ({ nodePublicIpEnabled }) => nodePublicIpEnabled === true,
    message: () =>
      "nodePublicIpEnabled true gives each node an address of the internet: remove it, and publish through a load balancer",
    source: "Checkov CKV_AZURE_143; learn.microsoft.com/azure/aks/use-node-public-ips",
    warns: true,
  },
  {
    when: ({ kubeletConfig }) => (kubeletConfig?.allowedUnsafeSysctls ?? []).length > 0,
    message: ({ kubeletConfig }) =>
      `kubeletConfig.allowedUnsafeSysctls lets pods change what all pods of a node share (${kubeletConfig!.allowedUnsafeSysctls!.join(", ")}): remove it`,
    source: "kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster",
    warns: true,
  },
  {
    when: ({ nodeNetworkProfile }) => reversed(portsOf(nodeNetworkProfile)) !== undefined,
    message: ({ nodeNetworkProfile }) => {
      const { portStart, portEnd } = reversed(portsOf(nodeNetworkProfile))!;
      return `nodeNetworkProfile.allowedHostPorts begins at ${portStart} and ends at ${portEnd}: write the lower one first`;
    },
    source: "learn.microsoft.com/rest/api/aks/agent-pools/create-or-update, PortRange",
  },
  {
    when: ({ nodeNetworkProfile }) => wide(portsOf(nodeNetworkProfile)) !== undefined,
    message: ({ nodeNetworkProfile }) => {
      const { portStart, portEnd } = wide(portsOf(nodeNetworkProfile))!;
      return `nodeNetworkProfile.allowedHostPorts opens ports ${portStart} to ${portEnd} of each node: write those that are used`;
    },
    source: "learn.microsoft.com/azure/aks/use-node-public-ips",
    warns: true,
  },
];

function portsOf(profile: NodePoolArguments["nodeNetworkProfile"]): Ports {
  return profile?.allowedHostPorts ?? [];
}

function reversed(ports: Ports) {
  return Array.isArray(ports) ? ports.find(({ portStart = 1, portEnd = portStart }) => portEnd < portStart) : undefined;
}

function wide(ports: Ports) {
  return Array.isArray(ports)
    ? ports.find(({ portStart = 1, portEnd = portStart }) => portEnd - portStart >= MANY_PORTS)
    : undefined;
}
