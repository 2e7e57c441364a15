import { App } from "cdktf";
import { Construct } from "constructs";
import { AksCluster, ClusterStack, SandboxStack } from "../../lib";
import { CLUSTER, clusterIn } from "../support/clusters";

const sandboxIn = (app: App) => new SandboxStack(app, "sandbox", { cluster: clusterIn(app) });
const inStack = () => new ClusterStack(new App(), "cluster");

test.each<[string, () => unknown, string]>([
  [
    "no scope",
    () => new AksCluster(undefined as never, "aks", CLUSTER),
    'the scope of the cluster "aks" is undefined: write the stack or construct that it belongs to',
  ],
  [
    "an App as scope",
    () => new AksCluster(new App(), "aks", CLUSTER),
    'the scope of the cluster "aks" is not in a stack: write a stack, such as a ClusterStack',
  ],
  [
    "an empty id",
    () => new AksCluster(inStack(), "", CLUSTER),
    "the id of the cluster is empty: write a string after the scope [cluster]",
  ],
  [
    "no id",
    () => new AksCluster(inStack(), undefined as never, CLUSTER),
    "the id of the cluster is undefined: write a string after the scope [cluster]",
  ],
  [
    "the id Default in a stack",
    () => new AksCluster(inStack(), "Default", CLUSTER),
    'the id "Default" makes an empty address, as cdktf leaves it out: give the cluster another id [cluster]',
  ],
  [
    "the id Default of a namespace",
    () => sandboxIn(new App()).addNamespace("Default"),
    'the id "Default" makes an empty address, as cdktf leaves it out: give the namespace another id [sandbox]',
  ],
])("%s is refused", (_, create, message) => {
  expect(create).toThrow(message);
});

test("the id Default below another construct is taken", () => {
  const platform = new Construct(inStack(), "platform");
  expect(new AksCluster(platform, "Default", CLUSTER).resource.friendlyUniqueId).toBe("platform");
});
