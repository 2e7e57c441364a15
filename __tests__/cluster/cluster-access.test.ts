import { AksClusterProps, ClusterAccess, KubeloginOptions, PodSandboxing } from "../../lib";
import { sandboxStack } from "../support/clusters";
import { GUID } from "../support/ids";

const KUBE_CONFIG = "data.azurerm_kubernetes_cluster.cluster.kube_config[0]";
const CLUSTER: Partial<AksClusterProps> = {
  podSandboxing: PodSandboxing.GA,
  localAccountDisabled: true,
  azureActiveDirectoryRoleBasedAccessControl: { tenantId: GUID, azureRbacEnabled: true },
};
const IDS = { clientId: "client", tenantId: "tenant" };
const ID_ARGUMENTS = ["--client-id", "client", "--tenant-id", "tenant"];

test.each<[KubeloginOptions | undefined, string, string[]]>([
  [undefined, "azurecli", []],
  [{ login: "azurecli" }, "azurecli", []],
  [{ login: "azd" }, "azd", []],
  [{ login: "azurepipelines", ...IDS }, "azurepipelines", ID_ARGUMENTS],
  [{ login: "workloadidentity" }, "workloadidentity", []],
  [{ login: "workloadidentity", ...IDS }, "workloadidentity", ID_ARGUMENTS],
  [{ login: "msi" }, "msi", []],
  [{ login: "msi", clientId: "client" }, "msi", ["--client-id", "client"]],
  [{ login: "spn", ...IDS }, "spn", ID_ARGUMENTS],
])("kubelogin %j writes no credential", (options, login, more) => {
  const stack = sandboxStack(() => {}, { ...CLUSTER, access: ClusterAccess.kubelogin(options) });
  expect(stack.provider.kubernetes).toEqual([
    {
      host: `\${${KUBE_CONFIG}.host}`,
      cluster_ca_certificate: `\${base64decode(${KUBE_CONFIG}.cluster_ca_certificate)}`,
      exec: [
        {
          api_version: "client.authentication.k8s.io/v1",
          command: "kubelogin",
          args: ["get-token", "--login", login, "--server-id", "6dae42f8-4368-4678-94ff-3960e28e3630", ...more],
        },
      ],
    },
  ]);
  expect(JSON.stringify(stack)).not.toMatch(/client_key|client_certificate|password|secret/);
});

test("a login that asks somebody is refused", () => {
  expect(() => ClusterAccess.kubelogin({ login: "devicecode" as never })).toThrow(
    'login "devicecode" of kubelogin is not for Terraform, which nobody answers: write azurecli, azd, azurepipelines, msi, spn or workloadidentity',
  );
});

test("a kubeconfig file reads nothing from Azure", () => {
  const stack = sandboxStack(() => {}, { ...CLUSTER, access: ClusterAccess.kubeconfig({ path: "config" }) });
  expect(stack.provider.kubernetes).toEqual([{ config_path: "config", config_context: "myAKSCluster" }]);
  expect(stack).not.toHaveProperty("data");
});
