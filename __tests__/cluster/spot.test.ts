import { Token } from "cdktf";
import { PodSandboxing } from "../../lib";
import { KATA_POOL, nodePool } from "../support/clusters";

const GA = { podSandboxing: PodSandboxing.GA };
const SPOT = { ...KATA_POOL, priority: "Spot" };
const LABEL = { "kubernetes.azure.com/scalesetpriority": "spot" };
const TAINT = "kubernetes.azure.com/scalesetpriority=spot:NoSchedule";

test("a Spot pool has what AKS and azurerm add to one, and no surge", () => {
  const pool = nodePool((cluster) => cluster.addNodePool("spot", SPOT), GA);
  expect(pool).toMatchObject({ eviction_policy: "Delete", node_labels: LABEL, node_taints: [TAINT] });
  expect(pool).not.toHaveProperty("upgrade_settings");
});

test("what is given stays beside it", () => {
  const options = {
    ...SPOT,
    evictionPolicy: "Deallocate",
    nodeLabels: { team: "a", ...LABEL },
    nodeTaints: [TAINT, "team=a:NoExecute"],
  };
  expect(nodePool((cluster) => cluster.addKataNodePool("spot", { ...options, dedicated: true }), GA)).toMatchObject({
    eviction_policy: "Deallocate",
    node_labels: { team: "a", ...LABEL },
    node_taints: [TAINT, "team=a:NoExecute", "dedicated=pod-sandboxing:NoSchedule"],
  });
});

test.each<[string, string, string]>([
  ["references", "${var.x}", "var.x"],
  ["calls", '${lookup({ "a" = var.x }, "a")}', '"${lookup({ "a" = var.x }, "a")}"'],
])("labels and taints known after apply are joined by Terraform: %s", (_, written, expression) => {
  const options = { ...SPOT, nodeLabels: Token.asStringMap(written), nodeTaints: Token.asList(written) };
  expect(nodePool((cluster) => cluster.addNodePool("spot", options), GA)).toMatchObject({
    node_labels: `\${merge(${expression}, {"kubernetes.azure.com/scalesetpriority" = "spot"})}`,
    node_taints: `\${distinct(concat(${expression}, ["${TAINT}"]))}`,
  });
});

test("a regular pool has none of it", () => {
  const pool = nodePool((cluster) => cluster.addNodePool("apps", KATA_POOL), GA);
  for (const argument of ["eviction_policy", "node_labels", "node_taints"]) expect(pool).not.toHaveProperty(argument);
});
