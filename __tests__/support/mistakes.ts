import { App } from "cdktf";
import { AksCluster, AksClusterProps, ClusterStack, NodePoolProps, PodSandboxing } from "../../lib";
import { CLUSTER, KATA_POOL } from "./clusters";
import { GUID } from "./ids";

/** Props as somebody writes them whom no compiler holds back. */
export type Unchecked<Props> = { readonly [name in keyof Props]?: unknown } & { readonly [name: string]: unknown };

export const GA_CLUSTER: AksClusterProps = { ...CLUSTER, podSandboxing: PodSandboxing.GA };

/** A login that no rule warns of. */
export const ENTRA_ONLY: Partial<AksClusterProps> = {
  localAccountDisabled: true,
  azureActiveDirectoryRoleBasedAccessControl: { tenantId: GUID, azureRbacEnabled: true },
};

export function stackIn(app = new App()): ClusterStack {
  return new ClusterStack(app, "cluster");
}

/** Makes a cluster of today's AKS with changed props. */
export function clusterOf(props: Unchecked<AksClusterProps>, stack = stackIn()): AksCluster {
  return new AksCluster(stack, "aks", { ...GA_CLUSTER, ...props } as never);
}

export function defaultNodePoolOf(props: Unchecked<AksClusterProps["defaultNodePool"]>): AksCluster {
  return clusterOf({ defaultNodePool: { ...CLUSTER.defaultNodePool, ...props } });
}

export function nodePoolOf(props: Unchecked<NodePoolProps>) {
  return clusterOf({}).addNodePool("apps", { ...KATA_POOL, ...props } as never);
}

export function kataPoolOf(props: Unchecked<NodePoolProps>) {
  return clusterOf({}).addKataNodePool("kata", { ...KATA_POOL, ...props } as never);
}
