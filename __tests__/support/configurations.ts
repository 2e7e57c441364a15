import { AksClusterProps, AzurermVersion, KataNodePoolOptions, NodePoolOptions, PodSandboxing } from "../../lib";
import { clusterStack, KATA_POOL } from "./clusters";
import { failuresIn } from "./schema-failures";

/** A configuration that works, as acceptance tests of azurerm and modules that many use have it. */
export interface Configuration {
  readonly cluster?: Partial<AksClusterProps>;
  readonly defaultNodePool?: Partial<AksClusterProps["defaultNodePool"]>;
  readonly network?: Partial<AksClusterProps["networkProfile"]>;
  readonly pool?: Partial<NodePoolOptions>;
  readonly kata?: Partial<KataNodePoolOptions>;
}

/** The releases that AKS still creates, on each azurerm major. */
export const GA_RELEASES = [PodSandboxing.GA, PodSandboxing.GA.on(AzurermVersion.V5)];

/** Makes a cluster with an extra pool, if it has one, and a kata pool, and returns what azurerm would refuse of it. */
export function failuresOf(
  { cluster, defaultNodePool, network, pool, kata }: Configuration,
  podSandboxing: PodSandboxing,
): string[] {
  const props = {
    ...cluster,
    podSandboxing,
    networkProfile: network as AksClusterProps["networkProfile"],
    defaultNodePool: { name: "default", vmSize: "Standard_D2s_v5", nodeCount: 2, ...defaultNodePool },
  };
  const stack = clusterStack(props, (aks) => {
    if (pool) aks.addNodePool("apps", { ...KATA_POOL, ...pool });
    aks.addKataNodePool("kata", { ...KATA_POOL, ...kata });
  });
  return failuresIn(stack, "json");
}
