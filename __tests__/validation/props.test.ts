import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { App } from "cdktf";
import { AksCluster, ClusterStack, KataNodePool, NodePool } from "../../lib";
import { clusterOf, defaultNodePoolOf, GA_CLUSTER, kataPoolOf, nodePoolOf, stackIn } from "../support/mistakes";

type Mistake = [make: () => unknown, message: string];

const existing = (props: unknown) => AksCluster.fromExisting(stackIn(), "aks", props as never);
const stackOf = (props: unknown) => new ClusterStack(new App(), "cluster", props as never);

describe("a prop that nobody knows", () => {
  test.each<Mistake>([
    [
      () => clusterOf({ kuberntesVersion: "1.34" }),
      'prop "kuberntesVersion" is not known: did you mean kubernetesVersion? [cluster/aks]',
    ],
    [() => clusterOf({ colour: "red" }), 'prop "colour" is not known: remove it [cluster/aks]'],
    [() => nodePoolOf({ nodecount: 3 }), 'prop "nodecount" is not known: did you mean nodeCount? [cluster/aks/apps]'],
    [() => kataPoolOf({ dedicate: true }), 'prop "dedicate" is not known: did you mean dedicated? [cluster/aks/kata]'],
    [() => nodePoolOf({ dedicated: true }), 'prop "dedicated" is not known: remove it [cluster/aks/apps]'],
    [() => existing({ clustername: "a" }), 'prop "clustername" is not known: did you mean clusterName? [cluster/aks]'],
    [
      () => stackOf({ subscriptionID: "a" }),
      'prop "subscriptionID" is not known: did you mean subscriptionId? [cluster]',
    ],
    [
      () => stackOf({ features: [{ keyVaults: [] }] }),
      'prop "keyVaults" is not known in features[0]: did you mean keyVault? [cluster]',
    ],
    [
      () => defaultNodePoolOf({ vmsize: "a" }),
      'prop "vmsize" is not known in defaultNodePool: did you mean vmSize? [cluster/aks]',
    ],
    [
      () => defaultNodePoolOf({ upgradeSettings: { maxsurge: "1" } }),
      'prop "maxsurge" is not known in defaultNodePool.upgradeSettings: did you mean maxSurge? [cluster/aks]',
    ],
    [
      () => nodePoolOf({ linuxOsConfig: { sysctlConfig: { vmMaxMapCounts: 1 } } }),
      'prop "vmMaxMapCounts" is not known in linuxOsConfig.sysctlConfig: did you mean vmMaxMapCount? [cluster/aks/apps]',
    ],
    [
      () => nodePoolOf({ nodeNetworkProfile: { allowedHostPorts: [{ portStart: 1 }, { portstart: 2 }] } }),
      'prop "portstart" is not known in nodeNetworkProfile.allowedHostPorts[1]: did you mean portStart? [cluster/aks/apps]',
    ],
    [
      () => clusterOf({ resourceGroup: { name: "g", region: "eastus" } }),
      'prop "region" is not known in resourceGroup: remove it [cluster/aks]',
    ],
    [
      () => clusterOf({ lifecycle: { ignoreChange: ["tags"] } }),
      'prop "ignoreChange" is not known in lifecycle: did you mean ignoreChanges? [cluster/aks]',
    ],
    [
      () => nodePoolOf({ lifecycle: { precondition: [{ condition: true, errormessage: "no" }] } }),
      'prop "errormessage" is not known in lifecycle.precondition[0]: did you mean errorMessage? [cluster/aks/apps]',
    ],
    [
      () => nodePoolOf({ timeouts: { creat: "1h" } }),
      'prop "creat" is not known in timeouts: did you mean create? [cluster/aks/apps]',
    ],
  ])("%#", (make, message) => {
    expect(make).toThrow(message);
  });
});

describe("a prop that is missing", () => {
  test.each<Mistake>([
    [() => clusterOf({ name: undefined }), "name is missing (got undefined): write a string [cluster/aks]"],
    [() => clusterOf({ name: "" }), "name is empty: write a string [cluster/aks]"],
    [
      () => clusterOf({ podSandboxing: undefined }),
      "podSandboxing is missing (got undefined): write PodSandboxing.GA [cluster/aks]",
    ],
    [
      () => clusterOf({ resourceGroup: null }),
      "resourceGroup is missing (got null): write a ResourceGroup, its data source or { name, location } [cluster/aks]",
    ],
    [
      () => clusterOf({ resourceGroup: { name: undefined, location: "eastus" } }),
      "resourceGroup.name is missing (got undefined): write a string [cluster/aks]",
    ],
    [
      () => clusterOf({ resourceGroup: { name: "g" } }),
      'resourceGroup.location is missing: write a region such as "eastus" [cluster/aks]',
    ],
    [
      () => clusterOf({ defaultNodePool: undefined }),
      "defaultNodePool is missing (got undefined): write an object with name and vmSize [cluster/aks]",
    ],
    [
      () => defaultNodePoolOf({ name: undefined }),
      "defaultNodePool.name is missing (got undefined): write a string [cluster/aks]",
    ],
    [() => nodePoolOf({ vmSize: undefined }), "vmSize is missing (got undefined): write a string [cluster/aks/apps]"],
    [() => kataPoolOf({ vmSize: "" }), "vmSize is empty: write a string [cluster/aks/kata]"],
    [() => existing({}), "clusterName is missing (got undefined): write a string [cluster/aks]"],
    [
      () => existing({ clusterName: "a", resourceGroupName: "g" }),
      "podSandboxing is missing (got undefined): write PodSandboxing.GA [cluster/aks]",
    ],
    [
      () => clusterOf({ tags: { team: undefined } }),
      "tags.team is missing (got undefined): write a string [cluster/aks]",
    ],
    [
      () => nodePoolOf({ zones: ["1", undefined] }),
      "zones[1] is missing (got undefined): write a string [cluster/aks/apps]",
    ],
  ])("%#", (make, message) => {
    expect(make).toThrow(message);
  });
});

describe("a prop of another type", () => {
  const construct = () => new ResourceGroup(stackIn(), "group", { name: "g", location: "eastus" });

  test.each<Mistake>([
    [
      () => new AksCluster(stackIn(), "aks", null as never),
      "props are null: write an object with podSandboxing, name, resourceGroup, defaultNodePool [cluster/aks]",
    ],
    [
      () => new AksCluster(stackIn(), "aks", [] as never),
      "props are a list: write an object with podSandboxing, name, resourceGroup, defaultNodePool [cluster/aks]",
    ],
    [
      () => new NodePool(stackIn(), "apps", undefined as never),
      "props are undefined: write an object with cluster, vmSize [cluster/apps]",
    ],
    [
      () => new KataNodePool(stackIn(), "kata", null as never),
      "props are null: write an object with cluster, vmSize [cluster/kata]",
    ],
    [() => stackOf("a"), 'props are the string "a": write an object [cluster]'],
    [
      () => clusterOf({ podSandboxing: "GA" }),
      'podSandboxing is the string "GA": write PodSandboxing.GA [cluster/aks]',
    ],
    [
      () => clusterOf({ podSandboxing: {} }),
      "podSandboxing is an object of another kind: write PodSandboxing.GA [cluster/aks]",
    ],
    [() => clusterOf({ access: "kubelogin" }), 'access is the string "kubelogin": write a ClusterAccess [cluster/aks]'],
    [
      () => new NodePool(stackIn(), "apps", { cluster: {}, vmSize: "a" } as never),
      "cluster is an object of another kind: write an AksCluster [cluster/apps]",
    ],
    [() => nodePoolOf({ nodeCount: "3" }), 'nodeCount is the string "3": write a number [cluster/aks/apps]'],
    [
      () => defaultNodePoolOf({ nodeCount: "3" }),
      'defaultNodePool.nodeCount is the string "3": write a number [cluster/aks]',
    ],
    [
      () => kataPoolOf({ autoScalingEnabled: "true" }),
      'autoScalingEnabled is the string "true": write true or false [cluster/aks/kata]',
    ],
    [() => kataPoolOf({ dedicated: "yes" }), 'dedicated is the string "yes": write true or false [cluster/aks/kata]'],
    [() => clusterOf({ name: construct() }), 'name is the construct "cluster/group": write a string [cluster/aks]'],
    [
      () => clusterOf({ location: construct() }),
      'location is the construct "cluster/group": write a string [cluster/aks]',
    ],
    [() => clusterOf({ tags: construct() }), 'tags is the construct "cluster/group": write a map [cluster/aks]'],
    [
      () => clusterOf({ resourceGroup: "myRG" }),
      'resourceGroup is the string "myRG": write a ResourceGroup, its data source or { name, location } [cluster/aks]',
    ],
    [
      () => clusterOf({ resourceGroup: stackIn() }),
      'resourceGroup is the construct "cluster" of another kind: write a ResourceGroup',
    ],
    [() => clusterOf({ tags: ["a"] }), "tags is a list: write a map [cluster/aks]"],
    [() => clusterOf({ tags: { team: 1 } }), "tags.team is the number 1: write a string [cluster/aks]"],
    [
      () => nodePoolOf({ nodeTaints: "a=b:NoSchedule" }),
      'nodeTaints is the string "a=b:NoSchedule": write a list [cluster/aks/apps]',
    ],
    [() => nodePoolOf({ zones: [1] }), "zones[0] is the number 1: write a string [cluster/aks/apps]"],
    [
      () => clusterOf({ defaultNodePool: [GA_CLUSTER.defaultNodePool] }),
      "defaultNodePool is a list: write an object with name and vmSize [cluster/aks]",
    ],
    [
      () => clusterOf({ identity: [{ type: "SystemAssigned" }] }),
      "identity is a list: write an object with identityIds, type [cluster/aks]",
    ],
    [
      () => clusterOf({ identity: "SystemAssigned" }),
      'identity is the string "SystemAssigned": write an object with identityIds, type [cluster/aks]',
    ],
    [
      () => nodePoolOf({ nodeNetworkProfile: { allowedHostPorts: { portStart: 1 } } }),
      "nodeNetworkProfile.allowedHostPorts is an object: write a list of objects with portEnd, portStart, protocol [cluster/aks/apps]",
    ],
    [() => stackOf({ features: {} }), "features is an object: write a list of objects with"],
    [() => stackOf({ stateBackend: {} }), "stateBackend is an object of another kind: write a StateBackend [cluster]"],
    [
      () => clusterOf({ lifecycle: "all" }),
      'lifecycle is the string "all": write an object with ignoreChanges, preventDestroy … [cluster/aks]',
    ],
    [
      () => clusterOf({ lifecycle: { ignoreChanges: "tags" } }),
      'lifecycle.ignoreChanges is the string "tags": write a list of attributes or "all" [cluster/aks]',
    ],
    [
      () => clusterOf({ dependsOn: ["azurerm_x.y"] }),
      'dependsOn[0] is the string "azurerm_x.y": write a resource, a data source or a module [cluster/aks]',
    ],
    [
      () => clusterOf({ provider: "azurerm.west" }),
      'provider is the string "azurerm.west": write a provider such as an AzurermProvider [cluster/aks]',
    ],
    [() => clusterOf({ onlyOnce: () => 1 }), 'prop "onlyOnce" is not known: remove it [cluster/aks]'],
    [
      () => clusterOf({ nodeResourceGroup: () => "a" }),
      "nodeResourceGroup is a function: write a string [cluster/aks]",
    ],
  ])("%#", (make, message) => {
    expect(make).toThrow(message);
  });
});
