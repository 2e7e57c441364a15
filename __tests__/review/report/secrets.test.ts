import { cluster, pool, manifest } from "../../support/changes";
import { clusterWith, reviewOf, Stack, stackOf } from "../../support/reviews";

describe("secrets are in no form of a review", () => {
  const ofLocalPassword = (password: string, terraform_data: object) =>
    stackOf({ terraform_data: terraform_data as never }, { locals: { password } });
  const ofExtension = (config: object) =>
    stackOf({
      azurerm_kubernetes_cluster_extension: { e: { name: "e", ...config } },
      terraform_data: { t: { input: "${azurerm_kubernetes_cluster_extension.e.configuration_protected_settings}" } },
    });
  const ofSecret = (secret: object) =>
    stackOf({
      kubernetes_manifest: { m: { manifest: { kind: "Secret", ...secret } } },
      terraform_data: { t: { input: "${kubernetes_manifest.m.manifest}" } },
    });
  const ofPrincipal = (client_secret: string) =>
    stackOf({
      ...clusterWith({ service_principal: { client_id: "i", client_secret } }),
      terraform_data: { t: { input: "${azurerm_kubernetes_cluster.aks.service_principal}" } },
    });

  const podsOf = (container: object) => ({
    kubernetes_job_v1: {
      j: { metadata: { name: "j" }, spec: { template: { spec: { container: [{ name: "c", ...container }] } } } },
    },
  });

  test.each<{ name: string; before: Stack; after: Stack }>([
    {
      name: "a service principal",
      before: cluster({ service_principal: { client_id: "i", client_secret: "hunter2" } }),
      after: cluster({ service_principal: { client_id: "i", client_secret: "hunter3" } }),
    },
    {
      name: "a service principal that comes",
      before: cluster({}),
      after: cluster({ service_principal: { client_id: "i", client_secret: "hunter2" } }),
    },
    {
      name: "a password of the wrong type",
      before: cluster({}),
      after: cluster({ windows_profile: { admin_username: "a", admin_password: ["hunter2"] } }),
    },
    {
      name: "too many blocks with one",
      before: cluster({}),
      after: cluster({
        service_principal: [
          { client_id: "i", client_secret: "hunter2" },
          { client_id: "i", client_secret: "hunter3" },
        ],
      }),
    },
    {
      name: "an object of kind Secret",
      before: manifest({ kind: "Secret", data: { a: "hunter2" } }),
      after: manifest({ kind: "Secret", data: { a: "hunter3" }, stringData: { b: "hunter2" } }),
    },
    {
      name: "an object of kind Secret whose data comes",
      before: manifest({ kind: "Secret" }),
      after: manifest({ kind: "Secret", data: { a: "hunter2" } }),
    },
    {
      name: "a resource without a schema",
      before: stackOf({ random_password: { p: { keepers: { a: "hunter2" } } } }),
      after: stackOf({ random_password: { p: { keepers: { a: "hunter3" } } } }),
    },
    {
      name: "an argument that only the older version has",
      before: cluster(
        { azure_active_directory_role_based_access_control: { managed: true, server_app_secret: "hunter2" } },
        3,
      ),
      after: cluster({}),
    },
    {
      name: "an argument that the newer version does not have",
      before: cluster({}),
      after: cluster({ azure_active_directory_role_based_access_control: { server_app_secret: "hunter2" } }),
    },
    {
      name: "a dynamic block",
      before: cluster({}),
      after: cluster({ dynamic: { service_principal: { content: { client_secret: "hunter2" } } } }),
    },
    {
      name: "a computed argument",
      before: cluster({}),
      after: cluster({ kube_config_raw: "hunter2", tags: { a: "b" } }),
    },
    {
      name: "a manifest that is an expression",
      before: manifest({ kind: "Secret" }),
      after: stackOf({
        kubernetes_manifest: {
          m: { manifest: '${jsondecode("{\\"kind\\": \\"Secret\\", \\"data\\": \\"hunter2\\"}")}' },
        },
      }),
    },
    {
      name: "a manifest whose kind is an expression",
      before: manifest({ kind: '${title("secret")}', data: { a: "hunter2" } }),
      after: manifest({ kind: '${title("secret")}', data: { a: "hunter3" } }),
    },
    {
      name: "an annotation of a Secret",
      before: manifest({ kind: "Secret", metadata: { annotations: { a: "hunter2" } } }),
      after: manifest({ kind: "Secret", metadata: { annotations: { a: "hunter3" } } }),
    },
    {
      name: "a label of a Secret",
      before: manifest({ kind: "Secret", metadata: { labels: { a: "hunter2" } } }),
      after: manifest({ kind: "Secret", metadata: { labels: { a: "hunter3" } } }),
    },
    {
      name: "what instances are made of",
      before: pool({ for_each: { a: "hunter2" } }),
      after: pool({ for_each: { a: "hunter2", b: "hunter3" } }),
    },
    {
      name: "what a local value holds",
      before: stackOf(clusterWith({ tags: { a: "${local.password}" } }), { locals: { password: "hunter2" } }),
      after: stackOf(clusterWith({ tags: { a: "${local.password}" } }), { locals: { password: "hunter3" } }),
    },
    {
      name: "a reference to a secret",
      before: stackOf({
        ...clusterWith({ service_principal: { client_id: "i", client_secret: "hunter2" } }),
        terraform_data: { t: { input: "${azurerm_kubernetes_cluster.aks.service_principal[0].client_secret}" } },
      }),
      after: stackOf({
        ...clusterWith({ service_principal: { client_id: "i", client_secret: "hunter3" } }),
        terraform_data: { t: { input: "${azurerm_kubernetes_cluster.aks.service_principal[0].client_secret}" } },
      }),
    },
    {
      name: "what a local value holds, at second hand",
      before: ofLocalPassword("hunter2", {
        t: { input: "${local.password}" },
        u: { input: "${terraform_data.t.input}" },
      }),
      after: ofLocalPassword("hunter3", {
        t: { input: "${local.password}" },
        u: { input: "${terraform_data.t.input}" },
      }),
    },
    {
      name: "a reference to a secret that the schema does not mark",
      before: ofExtension({ configuration_protected_settings: { a: "hunter2" } }),
      after: ofExtension({ configuration_protected_settings: { a: "hunter3" } }),
    },
    {
      name: "a reference to an object of kind Secret",
      before: ofSecret({ data: { a: "hunter2" } }),
      after: ofSecret({ data: { a: "hunter3" } }),
    },
    {
      name: "a reference to an object of kind Secret that comes",
      before: stackOf({ terraform_data: { t: { input: "a" } } }),
      after: ofSecret({ data: { a: "hunter2" } }),
    },
    {
      name: "a list of objects",
      before: manifest({ kind: "List", items: [{ kind: "Secret", data: { a: "hunter2" } }] }),
      after: manifest({ kind: "List", items: [{ kind: "Secret", data: { a: "hunter3" } }] }),
    },
    {
      name: "a text for a block",
      before: cluster({}),
      after: cluster({ service_principal: "hunter2", identity: "hunter3" }),
    },
    {
      name: "texts for a block",
      before: cluster({}),
      after: cluster({ service_principal: ["hunter2"], tags: { a: "b" } }),
    },
    {
      name: "a password of the wrong type that quotes the review",
      before: cluster({}),
      after: cluster({ windows_profile: { admin_username: "a", admin_password: ["hunter2, got x"] } }),
    },
    {
      name: "the settings of a backend that nobody knows",
      before: { ...cluster({}), terraform: { backend: { http: { address: "https://hunter2" } } } },
      after: { ...cluster({ dns_prefix: "b" }), terraform: { backend: { http: { address: "https://hunter3" } } } },
    },
    {
      name: "what Terraform is told to hide",
      before: cluster({ tags: { a: '${sensitive("hunter2")}' } }),
      after: cluster({ tags: { a: '${sensitive("hunter3")}' } }),
    },
    {
      name: "what Terraform is told to hide in a list",
      before: pool({ node_taints: ['${sensitive("hunter2")}'] }),
      after: pool({ node_taints: ['${sensitive("hunter3")}'] }),
    },
    {
      name: "what Terraform is told to hide in an object",
      before: stackOf({ terraform_data: { t: { input: { a: '${sensitive("hunter2")}' } } } }),
      after: stackOf({ terraform_data: { t: { input: "a" } } }),
    },
    {
      name: "the names in a secret map",
      before: ofExtension({ configuration_protected_settings: { hunter2: "a" } }),
      after: ofExtension({ configuration_protected_settings: { hunter3: "a" } }),
    },
    { name: "a reference to a block with a secret", before: ofPrincipal("hunter2"), after: ofPrincipal("hunter3") },
    {
      name: "an object of kind Secret that becomes another",
      before: manifest({ kind: "Secret", data: { a: "hunter2" } }),
      after: manifest({ kind: "ConfigMap", data: { a: "b" } }),
    },
    {
      name: "environment values and arguments of a job",
      before: stackOf(podsOf({ env: [{ name: "A", value: "hunter2" }], args: ["hunter2"], command: ["hunter2"] })),
      after: stackOf(podsOf({ env: [{ name: "A", value: "hunter3" }], args: ["hunter3"], command: ["hunter3"] })),
    },
    {
      name: "a pod that gets a container with them",
      before: stackOf({ kubernetes_pod_v1: { p: { metadata: { name: "p" }, spec: {} } } }),
      after: stackOf({
        kubernetes_pod_v1: {
          p: { metadata: { name: "p" }, spec: { container: [{ name: "c", env: [{ name: "A", value: "hunter2" }] }] } },
        },
      }),
    },
    {
      name: "environment values in a manifest",
      before: manifest({
        kind: "Pod",
        spec: { containers: [{ env: [{ name: "A", value: "hunter2" }], args: ["hunter2"] }] },
      }),
      after: manifest({
        kind: "Pod",
        spec: { containers: [{ env: [{ name: "A", value: "hunter3" }], args: ["hunter3"] }] },
      }),
    },
    {
      name: "pods of a manifest as a whole",
      before: manifest({ kind: "Job", spec: {} }),
      after: manifest({ kind: "Job", spec: { template: { spec: { containers: [{ args: ["hunter2"] }] } } } }),
    },
    {
      name: "data of a config map",
      before: stackOf({ kubernetes_config_map_v1: { m: { metadata: { name: "m" }, data: { a: "hunter2" } } } }),
      after: stackOf({ kubernetes_config_map_v1: { m: { metadata: { name: "m" }, data: { a: "hunter3" } } } }),
    },
    {
      name: "data of a config map in a manifest",
      before: manifest({ kind: "ConfigMap", data: { a: "hunter2" }, binaryData: { b: "hunter2" } }),
      after: manifest({ kind: "ConfigMap", data: { a: "hunter3" }, binaryData: { b: "hunter3" } }),
    },
    {
      name: "user information in a URL",
      before: cluster({
        http_proxy_config: { http_proxy: "http://user:hunter2@proxy/", https_proxy: "https://hunter2@proxy" },
      }),
      after: cluster({
        http_proxy_config: { http_proxy: "http://user:hunter3@proxy/", https_proxy: "https://hunter3@proxy" },
      }),
    },
    {
      name: "what a trigger takes",
      before: stackOf({ terraform_data: { t: { input: "hunter2" } } }),
      after: stackOf({ terraform_data: { t: { input: "hunter3" } } }),
    },
    {
      name: "a reference to what a trigger takes",
      before: stackOf({
        terraform_data: { t: { input: "hunter2" } },
        ...clusterWith({ tags: { a: "${terraform_data.t.input}" } }),
      }),
      after: stackOf({
        terraform_data: { t: { input: "hunter3" } },
        ...clusterWith({ tags: { a: "${terraform_data.t.input}" } }),
      }),
    },
    {
      name: "a local value in a note",
      before: { ...pool({ os_sku: "${local.a}", workload_runtime: "KataVmIsolation" }), locals: { a: "AzureLinux" } },
      after: {
        ...pool({ os_sku: "${local.a}", workload_runtime: "KataVmIsolation" }),
        locals: { a: "Ubuntu-hunter2" },
      },
    },
    {
      name: "a local value beside what only Terraform knows",
      before: { ...cluster({ tags: { a: "${local.a}-${var.b}" } }), locals: { a: "hunter2" } },
      after: { ...cluster({ tags: { a: "${local.a}-${var.b}" } }), locals: { a: "hunter3" } },
    },
  ])("$name", async ({ before, after }) => {
    const result = await reviewOf({ s: before }, { s: after });
    expect(result.changes.some(({ verdict }) => verdict !== "none")).toBe(true);
    expect(JSON.stringify(result) + result.toMarkdown()).not.toContain("hunter");
  });
});
