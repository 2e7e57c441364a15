import { Fn, TerraformVariable, Token } from "cdktf";
import { AksCluster, ClusterStack, PodSandboxing } from "../../../lib";
import { synthesise } from "../../support/synth";

test("unresolved tokens pass", () => {
  const output = synthesise((app) => {
    const stack = new ClusterStack(app, "cluster");
    const variable = (name: string) => new TerraformVariable(stack, name, {});
    const text = variable("text").stringValue;
    const number = variable("number").numberValue;
    const cluster = new AksCluster(stack, "aks", {
      podSandboxing: PodSandboxing.PREVIEW,
      name: text,
      resourceGroup: { name: text, location: text },
      kubernetesVersion: text,
      defaultNodePool: {
        name: text,
        vmSize: text,
        nodeCount: number,
        autoScalingEnabled: variable("scaled").booleanValue,
        minCount: number,
        maxCount: number,
        nodeLabels: Token.asStringMap(Fn.tomap(variable("labels").value)),
        orchestratorVersion: text,
      },
    });
    cluster.addKataNodePool("kata", {
      name: "${var.text}x",
      vmSize: text,
      nodeCount: number,
      nodeTaints: variable("taints").listValue,
      dedicated: true,
    });
    cluster.addNodePool("apps", { vmSize: text, nodeTaints: [text, "a=b:NoExecute"] });
  });
  const { resource } = JSON.parse(output.cluster);
  const pools = resource.azurerm_kubernetes_cluster_node_pool;
  expect(resource.azurerm_kubernetes_cluster.aks.dns_prefix).toBe("${var.text}");
  expect(resource.azurerm_kubernetes_cluster.aks.default_node_pool).not.toHaveProperty("temporary_name_for_rotation");
  expect(Object.values(pools)).toContainEqual(
    expect.objectContaining({ node_taints: '${concat(var.taints, ["dedicated=pod-sandboxing:NoSchedule"])}' }),
  );
  expect(Object.values(pools)).toContainEqual(
    expect.objectContaining({ node_taints: ["${var.text}", "a=b:NoExecute"] }),
  );
});
