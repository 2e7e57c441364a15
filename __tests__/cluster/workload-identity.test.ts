import { App } from "cdktf";
import { AksCluster, AzurermVersion, ClusterStack, PodSandboxing, WorkloadIdentityOptions } from "../../lib";
import { clusterStack } from "../support/clusters";
import { clusterOf, Unchecked } from "../support/mistakes";
import { failuresIn } from "../support/schema-failures";

const ENABLED = { oidcIssuerEnabled: true, workloadIdentityEnabled: true };
const OPTIONS = { resourceGroup: { name: "group", location: "eastus" }, namespace: "untrusted" };
const IDENTITY = "${azurerm_user_assigned_identity.aks_app_3F8406E5.id}";
const V4_NAMES = { user_assigned_identity_id: IDENTITY };
const RELEASES: readonly [PodSandboxing, object][] = [
  [PodSandboxing.PREVIEW, { parent_id: IDENTITY, resource_group_name: "group" }],
  [PodSandboxing.GA, V4_NAMES],
  [PodSandboxing.GA.on(AzurermVersion.V5), V4_NAMES],
];

test.each(RELEASES)(
  "an identity trusts the tokens of one service account, on $azurermVersion.major",
  (release, names) => {
    const stack = clusterStack({ ...ENABLED, podSandboxing: release }, (cluster) =>
      cluster.addWorkloadIdentity("app", { ...OPTIONS, name: "untrusted-app", serviceAccount: "app" }),
    );
    expect(Object.values(stack.resource.azurerm_user_assigned_identity)).toEqual([
      expect.objectContaining({ name: "untrusted-app", resource_group_name: "group", location: "eastus" }),
    ]);
    expect(Object.values(stack.resource.azurerm_federated_identity_credential)).toEqual([
      {
        "//": expect.anything(),
        name: "untrusted-app",
        audience: ["api://AzureADTokenExchange"],
        issuer: "${azurerm_kubernetes_cluster.aks.oidc_issuer_url}",
        subject: "system:serviceaccount:untrusted:app",
        ...names,
      },
    ]);
    expect(failuresIn(stack, "json")).toEqual([]);
  },
);

test("names are those of the construct where nothing is said", () => {
  const identity = clusterOf(ENABLED).addWorkloadIdentity("app", OPTIONS);
  expect({ ...identity }).toMatchObject({
    identityName: "app",
    resourceGroupName: "group",
    namespaceName: "untrusted",
    serviceAccountName: "app",
  });
});

test.each<[string, Unchecked<WorkloadIdentityOptions>, string]>([
  ["a short name", { name: "ab" }, 'name "ab" of a workload identity is not valid: use 3 to 120'],
  ["a namespace in capitals", { namespace: "Untrusted" }, 'namespace "Untrusted" of a workload identity'],
  ["a service account with a space", { serviceAccount: "a b" }, 'service account "a b" of a workload identity'],
  ["no namespace", { namespace: undefined }, "namespace is missing (got undefined): write a string"],
  ["a misspelt option", { nameSpace: "a" }, 'prop "nameSpace" is not known: did you mean namespace?'],
  ["no location", { resourceGroup: { name: "group" } }, "resourceGroup.location is missing"],
])("%s is refused", (_, options, message) => {
  expect(() => clusterOf(ENABLED).addWorkloadIdentity("app", { ...OPTIONS, ...options } as never)).toThrow(message);
});

test("a cluster that gives no identities is refused", () => {
  const message =
    "the cluster gives its pods no identities: write oidcIssuerEnabled true and workloadIdentityEnabled true [cluster/aks/app]";
  expect(() => clusterOf({}).addWorkloadIdentity("app", OPTIONS)).toThrow(message);
});

describe("of a cluster that exists", () => {
  const existing = (more: object) =>
    AksCluster.fromExisting(new ClusterStack(new App(), "pools"), "aks", {
      podSandboxing: PodSandboxing.GA,
      clusterName: "aks",
      resourceGroupName: "group",
      ...more,
    });

  test("the issuer has to be said", () => {
    expect(() => existing({}).addWorkloadIdentity("app", OPTIONS)).toThrow("write oidcIssuerUrl, which az aks show");
    expect(() => existing({ oidcIssuerUrl: "issuer" }).addWorkloadIdentity("app", OPTIONS)).toThrow(
      'oidcIssuerUrl "issuer" is no URL: write what az aks show --query oidcIssuerProfile.issuerUrl prints [pools/aks/app]',
    );
    expect(() => existing({ oidcIssuerUrl: "https://issuer/" }).addWorkloadIdentity("app", OPTIONS)).not.toThrow();
  });
});
