import { App } from "cdktf";
import { AksCluster, ClusterStack } from "../../lib";
import { CLUSTER } from "../support/clusters";

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
])("%s is refused", (_, create, message) => {
  expect(create).toThrow(message);
});
