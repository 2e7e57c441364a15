import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import {
  App,
  AzurermBackend,
  CloudBackend,
  GcsBackend,
  HttpBackend,
  LocalBackend,
  NamedCloudWorkspace,
  S3Backend,
  TerraformStack,
  TerraformVariable,
} from "cdktf";
import { AksCluster, ClusterStack, SandboxStack, StateBackend } from "../lib";
import { CLUSTER, KATA_POOL } from "./support/clusters";
import { synthesiseStack } from "./support/synth";
import { GUID } from "./support/ids";

const OWN = "11111111-1111-1111-1111-111111111111";

/** The sandbox stack of a cluster in a plain stack. */
function sandboxOf(
  build: (stack: TerraformStack) => void,
  Stack = TerraformStack as new (app: App, id: string) => TerraformStack,
) {
  return synthesiseStack("sandbox", (app) => {
    const stack = new Stack(app, "azure");
    build(stack);
    const cluster = new AksCluster(stack, "aks", CLUSTER);
    cluster.addKataNodePool("kata", KATA_POOL);
    new SandboxStack(app, "sandbox", { cluster });
  });
}

const provider = (stack: TerraformStack) => new AzurermProvider(stack, "azurerm", { features: [{}] });

describe("a sandbox stack takes over the backend of the cluster's stack", () => {
  test.each<[string, (stack: TerraformStack) => void, object]>([
    [
      "azurerm",
      (stack) =>
        new AzurermBackend(stack, {
          resourceGroupName: "state",
          storageAccountName: "account",
          containerName: "tfstate",
          key: "team/aks.tfstate",
          useOidc: true,
        }),
      {
        azurerm: {
          resource_group_name: "state",
          storage_account_name: "account",
          container_name: "tfstate",
          key: "team/aks.sandbox.tfstate",
          use_oidc: true,
        },
      },
    ],
    [
      "s3",
      (stack) => new S3Backend(stack, { bucket: "state", key: "aks", region: "eu-west-1" }),
      { s3: { bucket: "state", key: "aks.sandbox", region: "eu-west-1" } },
    ],
    [
      "gcs",
      (stack) => new GcsBackend(stack, { bucket: "state", prefix: "aks/" }),
      { gcs: { bucket: "state", prefix: "aks/sandbox/" } },
    ],
    [
      "gcs without a prefix",
      (stack) => new GcsBackend(stack, { bucket: "state" }),
      { gcs: { bucket: "state", prefix: "sandbox/" } },
    ],
    [
      "local",
      (stack) => new LocalBackend(stack, { path: "../state/aks.tfstate" }),
      { local: { path: "../state/aks.sandbox.tfstate" } },
    ],
    ["none", () => {}, { local: { path: "../../../terraform.sandbox.tfstate" } }],
  ])("%s", (_, build, backend) => {
    const stack = sandboxOf((azure) => {
      provider(azure);
      build(azure);
    });
    expect(stack.terraform.backend).toEqual(backend);
  });

  test("declared in a ClusterStack", () => {
    const stack = sandboxOf((azure) => new S3Backend(azure, { bucket: "state", key: "aks" }), ClusterStack);
    expect(stack.terraform.backend).toEqual({ s3: { bucket: "state", key: "aks.sandbox" } });
  });

  test("said by a ClusterStack, in the words of StateBackend", () => {
    const stack = synthesiseStack("sandbox", (app) => {
      const stateBackend = StateBackend.azureStorage({
        storageAccountName: "account",
        containerName: "tfstate",
        keyPrefix: "team/",
      });
      const cluster = new AksCluster(new ClusterStack(app, "azure", { stateBackend }), "aks", CLUSTER);
      new SandboxStack(app, "sandbox", { cluster });
    });
    expect(stack.terraform.backend).toMatchObject({ azurerm: { key: "team/sandbox.tfstate" } });
  });
});

describe("a backend is refused", () => {
  test.each<[string, (stack: TerraformStack) => void]>([
    ["http", (stack) => new HttpBackend(stack, { address: "https://example.com/aks" })],
    [
      "cloud",
      (stack) => new CloudBackend(stack, { organization: "example", workspaces: new NamedCloudWorkspace("aks") }),
    ],
  ])("%s", (name, build) => {
    expect(() =>
      sandboxOf((azure) => {
        provider(azure);
        build(azure);
      }),
    ).toThrow(
      `the backend "${name}" of stack "azure" cannot be taken over: give the sandbox stack a stateBackend [azure]`,
    );
  });

  test("not where the sandbox stack has its own", () => {
    const build = (own: (sandbox: SandboxStack) => void, stateBackend?: StateBackend) =>
      synthesiseStack("sandbox", (app) => {
        const azure = new TerraformStack(app, "azure");
        provider(azure);
        new HttpBackend(azure, { address: "https://example.com/aks" });
        own(new SandboxStack(app, "sandbox", { cluster: new AksCluster(azure, "aks", CLUSTER), stateBackend }));
      }).terraform.backend;
    expect(build(() => {}, StateBackend.LOCAL)).toHaveProperty("local");
    expect(build((sandbox) => new GcsBackend(sandbox, { bucket: "own" }))).toHaveProperty("gcs");
  });
});

describe("a sandbox stack takes over the azurerm provider of the cluster", () => {
  test("with its whole configuration", () => {
    const stack = sandboxOf((azure) => {
      new AzurermProvider(azure, "azurerm", {
        features: [{ resourceGroup: [{ preventDeletionIfContainsResources: true }] }],
        subscriptionId: GUID,
        tenantId: "example.com",
        useOidc: true,
      });
    });
    expect(stack.provider.azurerm).toEqual([
      {
        features: [{ resource_group: [{ prevent_deletion_if_contains_resources: true }] }],
        subscription_id: GUID,
        tenant_id: "example.com",
        use_oidc: true,
      },
    ]);
  });

  test("also where the cluster names one with an alias", () => {
    const stack = synthesiseStack("sandbox", (app) => {
      const azure = new TerraformStack(app, "azure");
      provider(azure);
      const west = new AzurermProvider(azure, "west", { features: [{}], alias: "west", subscriptionId: "west" });
      new SandboxStack(app, "sandbox", { cluster: new AksCluster(azure, "aks", { ...CLUSTER, provider: west }) });
    });
    expect(stack.provider.azurerm).toEqual([{ features: [{}], subscription_id: "west" }]);
  });

  test("unless it is given another", () => {
    const stack = synthesiseStack("sandbox", (app) => {
      const azure = new ClusterStack(app, "azure", { subscriptionId: GUID });
      const cluster = new AksCluster(azure, "aks", CLUSTER);
      new SandboxStack(app, "sandbox", { cluster, azurermProvider: { features: [{}], subscriptionId: OWN } });
    });
    expect(stack.provider.azurerm).toEqual([{ features: [{}], subscription_id: OWN }]);
  });

  test("but not what is known only after apply", () => {
    expect(() =>
      sandboxOf((azure) => {
        const subscriptionId = new TerraformVariable(azure, "subscription", {}).stringValue;
        new AzurermProvider(azure, "azurerm", { features: [{}], subscriptionId });
      }),
    ).toThrow(
      "subscription_id of the cluster's azurerm provider is known only after apply, in another stack: give the sandbox stack an azurermProvider [sandbox/azurerm]",
    );
  });
});

test("a cluster of another App is refused", () => {
  const cluster = new AksCluster(new ClusterStack(new App(), "azure"), "aks", CLUSTER);
  expect(() => new SandboxStack(new App(), "sandbox", { cluster })).toThrow(
    'the cluster "azure/aks" is in another App: declare both stacks in one App, or use AksCluster.fromExisting [sandbox]',
  );
});
