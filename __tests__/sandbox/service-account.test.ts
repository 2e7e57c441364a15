import { App, Token } from "cdktf";
import { ClusterAccess, IWorkloadIdentity, PodSandboxing, SandboxStack } from "../../lib";
import { denialsOf } from "../support/cel";
import { clusterIn, sandboxStack } from "../support/clusters";
import { policyOf } from "../support/policies";
import { container, pod } from "../support/pods";
import { failuresIn } from "../support/schema-failures";

const IDENTITY: IWorkloadIdentity = {
  identityName: "untrusted-app",
  resourceGroupName: "group",
  namespaceName: "untrusted",
  serviceAccountName: "app",
};

const GA = { podSandboxing: PodSandboxing.GA };

function stackWith(identity: object = {}, access = ClusterAccess.LOCAL_ACCOUNTS) {
  return sandboxStack(
    (sandbox) => {
      sandbox.addRuntimeClass("kata-small", { podMemory: "1Gi" });
      sandbox.addNamespace("untrusted").addServiceAccount("app", { workloadIdentity: { ...IDENTITY, ...identity } });
    },
    { ...GA, access },
  );
}

test.each([ClusterAccess.LOCAL_ACCOUNTS, ClusterAccess.kubeconfig()])(
  "its identity is read by its name, and it has no token for the API ($login)",
  (access) => {
    const stack = stackWith({}, access);
    expect(Object.entries(stack.data.azurerm_user_assigned_identity)).toEqual([
      [
        "untrusted_app_identity_27A2DA87",
        { "//": expect.anything(), name: "untrusted-app", resource_group_name: "group" },
      ],
    ]);
    expect(Object.values(stack.resource.kubernetes_service_account_v1)).toEqual([
      {
        "//": expect.anything(),
        metadata: {
          name: "app",
          namespace: "untrusted",
          annotations: {
            "azure.workload.identity/client-id":
              "${data.azurerm_user_assigned_identity.untrusted_app_identity_27A2DA87.client_id}",
          },
        },
        automount_service_account_token: false,
        depends_on: ["kubernetes_namespace_v1.untrusted"],
      },
    ]);
    expect(stack.terraform.required_providers.azurerm.version).toBe(">= 4.78.0, < 5.0.0");
    expect(stack.provider.azurerm).toHaveLength(1);
    expect(failuresIn(stack, "json")).toEqual([]);
  },
);

test("what addWorkloadIdentity returns will do", () => {
  const app = new App();
  const enabled = { ...GA, oidcIssuerEnabled: true, workloadIdentityEnabled: true };
  const cluster = clusterIn(app, enabled);
  const workloadIdentity = cluster.addWorkloadIdentity("app", {
    resourceGroup: { name: "group", location: "eastus" },
    namespace: "untrusted",
  });
  const namespace = new SandboxStack(app, "sandbox", { cluster }).addNamespace("untrusted");
  const { resource, serviceAccountName } = namespace.addServiceAccount("app", { workloadIdentity });
  expect(serviceAccountName).toBe("app");
  expect(namespace.parts).toContain(resource);
});

test.each([
  ["another namespace", { namespaceName: "other" }, 'workloadIdentity is for namespace "other"'],
  ["the default account", { serviceAccountName: "default" }, 'service account "default" is there in every namespace'],
  [
    "a name known after apply",
    { identityName: Token.asString("${a.b}") },
    "workloadIdentity.identityName is a string that is known after apply: write a plain string, because the sandbox stack finds the identity by its name",
  ],
  [
    "a resource group known after apply",
    { resourceGroupName: "${a.b}" },
    "workloadIdentity.resourceGroupName is a string that is known after apply: write a plain string",
  ],
])("%s is refused", (_, identity, message) => {
  expect(() => stackWith(identity)).toThrow(message);
});

test("a pod as the webhook of workload identity leaves it is admitted", () => {
  const token = { serviceAccountToken: { audience: "api://AzureADTokenExchange", path: "azure-identity-token" } };
  const injected = pod("kata-small", [], {
    serviceAccountName: "app",
    containers: [
      container("1Gi", {
        env: [{ name: "AZURE_CLIENT_ID", value: "id" }],
        volumeMounts: [{ name: "azure-identity-token", mountPath: "/var/run/secrets/azure/tokens", readOnly: true }],
      }),
    ],
    volumes: [{ name: "azure-identity-token", projected: { sources: [token] } }],
  });
  expect(denialsOf(policyOf(), { object: injected })).toEqual([]);
});
