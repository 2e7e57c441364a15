import { App } from "cdktf";
import { AksClusterProps, ClusterAccess, PodSandboxing, SandboxStack, StateBackend } from "../../lib";
import { clusterIn, sandboxStack } from "../support/clusters";
import { GUID } from "../support/ids";

const CLUSTER = "data.azurerm_kubernetes_cluster.cluster.kube_config[0]";
const ENTRA: Partial<AksClusterProps> = { azureActiveDirectoryRoleBasedAccessControl: { azureRbacEnabled: true } };

test("finds the cluster by its plain name and takes nothing from the cluster stack", () => {
  const stack = sandboxStack(() => {});
  expect(stack.data).toEqual({
    azurerm_kubernetes_cluster: {
      cluster: expect.objectContaining({ name: "myAKSCluster", resource_group_name: "myResourceGroup" }),
    },
  });
  expect(stack.terraform.required_providers).toEqual({
    azurerm: { source: "hashicorp/azurerm", version: ">= 3.105.0, < 4.0.0" },
    kubernetes: { source: "hashicorp/kubernetes", version: ">= 2.38.0, < 4.0.0" },
  });
});

test("is deployed after the cluster", () => {
  const app = new App();
  const cluster = clusterIn(app);
  const sandbox = new SandboxStack(app, "sandbox", { cluster });
  expect(sandbox.dependencies.map((stack) => stack.node.id)).toEqual(["cluster"]);
});

test("is pinned to the azurerm of its release", () => {
  const { terraform } = sandboxStack(() => {}, { podSandboxing: PodSandboxing.GA });
  expect(terraform.required_providers.azurerm.version).toBe(">= 4.78.0, < 5.0.0");
});

test("has the subscription and the state backend of the cluster stack unless it has its own", () => {
  const stateBackend = StateBackend.hcpTerraform({ organization: "example" });
  const inherited = sandboxStack(() => {}, {}, { subscriptionId: GUID, stateBackend });
  expect(inherited.provider.azurerm[0].subscription_id).toBe(GUID);
  expect(inherited.terraform.cloud.workspaces.name).toBe("sandbox");
});

describe("logs in", () => {
  test("with the local account", () => {
    expect(sandboxStack(() => {}).provider.kubernetes).toEqual([
      {
        host: `\${${CLUSTER}.host}`,
        client_certificate: `\${base64decode(${CLUSTER}.client_certificate)}`,
        client_key: `\${base64decode(${CLUSTER}.client_key)}`,
        cluster_ca_certificate: `\${base64decode(${CLUSTER}.cluster_ca_certificate)}`,
      },
    ]);
  });

  test.each([
    ["azurecli", {}],
    ["workloadidentity", { access: ClusterAccess.kubelogin({ login: "workloadidentity" }) }],
  ])("with kubelogin by %s where the cluster has Entra ID", (login, props) => {
    expect(sandboxStack(() => {}, { ...ENTRA, ...props }).provider.kubernetes).toEqual([
      {
        host: `\${${CLUSTER}.host}`,
        cluster_ca_certificate: `\${base64decode(${CLUSTER}.cluster_ca_certificate)}`,
        exec: [
          {
            api_version: "client.authentication.k8s.io/v1",
            command: "kubelogin",
            args: ["get-token", "--login", login, "--server-id", "6dae42f8-4368-4678-94ff-3960e28e3630"],
          },
        ],
      },
    ]);
  });

  test.each([
    ["of az aks get-credentials", ClusterAccess.kubeconfig(), "~/.kube/config", "myAKSCluster"],
    ["of one's own", ClusterAccess.kubeconfig({ path: "kube", context: "other" }), "kube", "other"],
  ])("with the kubeconfig %s, without Azure", (_, access, path, context) => {
    const stack = sandboxStack(() => {}, { access });
    expect(stack.provider).toEqual({ kubernetes: [{ config_path: path, config_context: context }] });
    expect(stack).not.toHaveProperty("data");
    expect(Object.keys(stack.terraform.required_providers)).toEqual(["kubernetes"]);
  });
});
