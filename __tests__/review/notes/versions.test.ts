import { notesOn } from "../../support/changes";
import { clusterWith, stackOf } from "../../support/reviews";

/** A cluster with a default node pool and another one, each of its own Kubernetes version. */
const versions = (kubernetes_version?: string, own?: string, orchestrator_version?: string, more: object = {}) =>
  stackOf(
    clusterWith(
      {
        kubernetes_version,
        default_node_pool: {
          name: "default",
          vm_size: "a",
          temporary_name_for_rotation: "t",
          orchestrator_version: own,
        },
        ...more,
      },
      { orchestrator_version },
    ),
  );

const CLUSTER = "cluster `azurerm_kubernetes_cluster.aks` in `s`";
const POOL = "node pool `azurerm_kubernetes_cluster_node_pool.kata` in `s`";

test.each<{ name: string; before: object; after: object; notes: string[] }>([
  { name: "one minor version", before: versions("1.33"), after: versions("1.34"), notes: [] },
  {
    name: "a skipped minor version",
    before: versions("1.33"),
    after: versions("1.35.1"),
    notes: [
      `${CLUSTER}: AKS refuses at apply to skip a minor version, from Kubernetes \`1.33\` to \`1.35.1\`: upgrade one by one`,
    ],
  },
  {
    name: "a cluster that goes back",
    before: versions("1.34"),
    after: versions("1.33"),
    notes: [`${CLUSTER}: AKS refuses at apply to go back from Kubernetes \`1.34\` to \`1.33\``],
  },
  {
    name: "a cluster that is made anew",
    before: versions("1.34"),
    after: versions("1.32", undefined, undefined, { dns_prefix: "b" }),
    notes: [],
  },
  {
    name: "a pool that goes back",
    before: versions("1.34", undefined, "1.34"),
    after: versions("1.34", undefined, "1.33"),
    notes: [`${POOL}: AKS refuses at apply to go back from Kubernetes \`1.34\` to \`1.33\``],
  },
  {
    name: "a default pool that goes back",
    before: versions("1.34", "1.34"),
    after: versions("1.34", "1.33"),
    notes: [`${CLUSTER}: AKS refuses at apply to go back from Kubernetes \`1.34\` to \`1.33\``],
  },
  {
    name: "a pool that is newer than its cluster",
    before: versions("1.33", undefined, "1.33"),
    after: versions("1.33", undefined, "1.34"),
    notes: [
      expect.stringContaining('`orchestrator_version` "1.34" is newer than `kubernetes_version` "1.33" of the cluster'),
    ],
  },
  {
    name: "a pool that is left behind",
    before: versions("1.35", undefined, "1.32"),
    after: versions("1.36", undefined, "1.32"),
    notes: [
      `${POOL}: a pool of Kubernetes \`1.32\` is more than three minor versions behind \`1.36\`: its nodes may not work with the control plane`,
    ],
  },
  {
    name: "a default pool that is left behind",
    before: versions("1.35", "1.32"),
    after: versions("1.36", "1.32"),
    notes: [
      `${CLUSTER}: a pool of Kubernetes \`1.32\` is more than three minor versions behind \`1.36\`: its nodes may not work with the control plane`,
    ],
  },
  {
    name: "a pool three behind",
    before: versions("1.34", undefined, "1.32"),
    after: versions("1.35", undefined, "1.32"),
    notes: [],
  },
  {
    name: "what only Terraform knows",
    before: versions("1.34"),
    after: versions("${var.v}", "${var.v}", "${var.v}"),
    notes: [],
  },
])("$name", async ({ before, after, notes }) => {
  const ofChange = (await notesOn(before, after)).filter((note) => !note.includes("refuses for a new cluster"));
  expect(ofChange).toEqual(notes);
});
