import { App } from "cdktf";
import { AksCluster, ClusterStack, PodSandboxing } from "../../lib";
import { clusterOf, defaultNodePoolOf, kataPoolOf, nodePoolOf, stackIn } from "../support/mistakes";

type Mistake = [make: () => unknown, message: string];

const stackOf = (props: unknown) => new ClusterStack(new App(), "cluster", props as never);

describe("a prop that is not taken", () => {
  const NO_INDEX =
    "is not taken, because node pools and the sandbox stack refer to an address without an index: call the constructor in a loop";
  const LINUX_ONLY = "is not taken, because kata pods run on the Linux of their release only: remove it";

  test.each<Mistake>([
    [() => clusterOf({ count: 2 }), `count ${NO_INDEX} [cluster/aks]`],
    [() => nodePoolOf({ forEach: {} }), `forEach ${NO_INDEX} [cluster/aks/apps]`],
    [
      () => nodePoolOf({ connection: {} }),
      "connection is not taken, because Terraform logs in to no node of AKS: remove it [cluster/aks/apps]",
    ],
    [
      () => clusterOf({ provisioners: [] }),
      "provisioners is not taken, because Terraform logs in to no node of AKS: remove it [cluster/aks]",
    ],
    [() => clusterOf({ id: "a" }), "id is not taken, because Azure makes it of the names: remove it [cluster/aks]"],
    [
      () => clusterOf({ resourceGroupName: "g" }),
      "resourceGroupName is the resource group's: write resourceGroup [cluster/aks]",
    ],
    [
      () => nodePoolOf({ kubernetesClusterId: "a" }),
      "kubernetesClusterId is the cluster's: write cluster [cluster/aks/apps]",
    ],
    [
      () => nodePoolOf({ workloadRuntime: "OCIContainer" }),
      "workloadRuntime is that of plain pods: remove it, or use addKataNodePool for kata pods [cluster/aks/apps]",
    ],
    [
      () => defaultNodePoolOf({ workloadRuntime: "KataVmIsolation" }),
      "defaultNodePool.workloadRuntime is not taken, because AKS's own pods run here: use addKataNodePool for kata pods [cluster/aks]",
    ],
    [() => kataPoolOf({ osSku: "Ubuntu" }), `osSku ${LINUX_ONLY} [cluster/aks/kata]`],
    [() => kataPoolOf({ osType: "Windows" }), `osType ${LINUX_ONLY} [cluster/aks/kata]`],
    [() => kataPoolOf({ windowsProfile: {} }), `windowsProfile ${LINUX_ONLY} [cluster/aks/kata]`],
    [
      () => kataPoolOf({ workloadRuntime: "KataVmIsolation" }),
      "workloadRuntime is that of the release: remove it [cluster/aks/kata]",
    ],
    [
      () => stackOf({ alias: "west" }),
      "alias is not taken, because this is the stack's default provider: remove it [cluster]",
    ],
  ])("%#", (make, message) => {
    expect(make).toThrow(message);
  });

  test("may be there without a value", () => {
    expect(() => kataPoolOf({ osSku: undefined, dedicated: undefined, nodeTaints: null })).not.toThrow();
  });
});

describe("an id that is taken", () => {
  test.each<Mistake>([
    [
      () => {
        const stack = stackIn();
        clusterOf({}, stack);
        clusterOf({ name: "other" }, stack);
      },
      'there is already a construct "aks" here: give the cluster another id [cluster]',
    ],
    [
      () => {
        const cluster = clusterOf({});
        cluster.addNodePool("pool", { vmSize: "Standard_D4s_v5" });
        cluster.addKataNodePool("pool", { vmSize: "Standard_D4s_v5" });
      },
      'there is already a construct "pool" here: give the node pool another id [cluster/aks]',
    ],
    [
      () => {
        const stack = stackIn();
        const props = { clusterName: "a", resourceGroupName: "g", podSandboxing: PodSandboxing.GA };
        AksCluster.fromExisting(stack, "aks", props);
        AksCluster.fromExisting(stack, "aks", props);
      },
      'there is already a construct "aks" here: give the cluster another id [cluster]',
    ],
    [
      () => {
        const app = new App();
        stackIn(app);
        stackIn(app);
      },
      'there is already a construct "cluster" here: give the stack another id',
    ],
  ])("%#", (make, message) => {
    expect(make).toThrow(message);
  });
});
