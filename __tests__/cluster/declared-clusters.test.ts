import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import { App } from "cdktf";
import { AksCluster, ClusterStack } from "../../lib";
import { GUID } from "../support/ids";
import { GA_CLUSTER } from "../support/mistakes";

const IN_OTHER_CASE = { ...GA_CLUSTER, name: "MYAKSCLUSTER" };
const WHAT = 'cluster "MYAKSCLUSTER" of resource group "myResourceGroup" is also declared as';

function stacks(one: string | undefined, two: string | undefined): readonly [ClusterStack, ClusterStack] {
  const app = new App();
  return [new ClusterStack(app, "one", { subscriptionId: one }), new ClusterStack(app, "two", { subscriptionId: two })];
}

test("two clusters of one name in one resource group are refused", () => {
  const stack = new ClusterStack(new App(), "cluster");
  new AksCluster(stack, "aks", GA_CLUSTER);
  expect(() => new AksCluster(stack, "other", IN_OTHER_CASE)).toThrow(
    `${WHAT} cluster/aks: give one of them another name [cluster/other]`,
  );
  new AksCluster(stack, "third", { ...GA_CLUSTER, resourceGroup: { name: "other", location: "eastus" } });
});

test("in two stacks of one subscription they are refused", () => {
  const [one, two] = stacks(GUID, GUID);
  new AksCluster(one, "aks", GA_CLUSTER);
  expect(() => new AksCluster(two, "aks", IN_OTHER_CASE)).toThrow(`${WHAT} one/aks: give one of them another name`);
});

test("in two stacks that do not say their subscription they are warned of", () => {
  const [one, two] = stacks(undefined, undefined);
  new AksCluster(one, "aks", GA_CLUSTER);
  const { node } = new AksCluster(two, "aks", IN_OTHER_CASE);
  expect(node.metadata.map(({ data }) => data)).toContain(
    `${WHAT} one/aks: write subscriptionId of both stacks, or give one of them another name`,
  );
});

test("of two subscriptions they are two clusters", () => {
  const [one, two] = stacks(GUID, "11111111-1111-1111-1111-111111111111");
  const provider = new AzurermProvider(one, "west", { alias: "west", subscriptionId: "c", features: [{}] });
  new AksCluster(one, "aks", GA_CLUSTER);
  new AksCluster(one, "other", { ...GA_CLUSTER, provider });
  const { node } = new AksCluster(two, "aks", GA_CLUSTER);
  expect(node.metadata.filter(({ data }) => String(data).includes("also declared"))).toEqual([]);
});
