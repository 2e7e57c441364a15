import { App, Fn, TerraformVariable, Token } from "cdktf";
import { ClusterStack, NodePoolOptions, SandboxedNamespaceOptions, SandboxStack } from "../../lib";
import { clusterIn, clusterStack, KATA_POOL } from "../support/clusters";
import { clusterOf } from "../support/mistakes";
import { synthesiseStack } from "../support/synth";

const MAP = { ...Token.asStringMap("${var.tags}"), team: "a" };
const LIST = [...Token.asList("${var.zones}"), "3"];

const MERGE =
  "is a map that is known after apply and more keys: write Token.asStringMap(Fn.merge([map, { key: value }])) [";
const CONCAT = "is a list that is known after apply and more items: write Token.asList(Fn.concat([list, [item]])) [";

function pool(options: Partial<NodePoolOptions>): unknown {
  return clusterIn(new App()).addKataNodePool("kata", { ...KATA_POOL, ...options });
}

function namespace(options: SandboxedNamespaceOptions): unknown {
  const app = new App();
  return new SandboxStack(app, "sandbox", { cluster: clusterIn(app) }).addNamespace("untrusted", options);
}

test.each<[string, () => unknown, string]>([
  ["tags of a cluster", () => clusterStack({ tags: MAP }), `tags ${MERGE}cluster/aks]`],
  ["labels of nodes", () => pool({ nodeLabels: MAP }), `nodeLabels ${MERGE}`],
  ["zones", () => pool({ zones: LIST }), `zones ${CONCAT}`],
  [
    "what has to be plain",
    () => namespace({ egress: [...Token.asNumberList("${var.x}"), 1] as never }),
    "egress is a list that is known after apply and more items: write a list of openings [",
  ],
  [
    "blocks",
    () => new ClusterStack(new App(), "azure", { features: LIST as never }),
    "features is a list that is known after apply and more items: write a list of objects with ",
  ],
  ["a list in a block", () => clusterStack({ identity: { type: "UserAssigned", identityIds: LIST } }), CONCAT],
  ["labels of a namespace", () => namespace({ labels: MAP }), `labels ${MERGE}`],
  ["a quota", () => namespace({ quota: MAP }), `quota ${MERGE}`],
])("%s known after apply, and more: the expression is named that says both", (_, make, message) => {
  expect(make).toThrow(message);
});

test("a list of several values known after apply is a list", () => {
  expect(pool({ zones: ["${var.a}", Token.asString("${var.b}")] })).toBeDefined();
});

test("what is advised is written", () => {
  const { resource } = synthesiseStack("azure", (app) => {
    const azure = new ClusterStack(app, "azure");
    const tags = new TerraformVariable(azure, "tags", {}).value;
    const ids = new TerraformVariable(azure, "ids", {}).listValue;
    clusterOf(
      {
        tags: Token.asStringMap(Fn.merge([tags, { team: "a" }])),
        identity: { type: "UserAssigned", identityIds: Token.asList(Fn.concat([ids, ["b"]])) },
      },
      azure,
    );
  });
  expect(resource.azurerm_kubernetes_cluster.aks).toMatchObject({
    tags: '${merge(var.tags, {"team" = "a"})}',
    identity: { identity_ids: '${concat(var.ids, ["b"])}' },
  });
});
