import { DataAzurermKubernetesClusterKubeConfigOutputReference } from "@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster";
import { KubernetesProviderConfig } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn } from "cdktf";
import { checkOptions, literal, PropSpecs, string } from "../validation/props";
import { errorAtApp } from "../validation/validation-error";

/** Application id of AKS's server in Entra ID, the same in every tenant. Source: Azure/kubelogin issue 114. */
const AKS_SERVER_ID = "6dae42f8-4368-4678-94ff-3960e28e3630";

/** Login of `kubelogin` in the name of whoever runs Terraform. */
export interface KubeloginOptions {
  /**
   * Source of the token: from `az login` (`azurecli`), a federated token of the pipeline
   * (`workloadidentity`), the machine's managed identity (`msi`), or a service principal whose secret is in the
   * environment (`spn`) …
   *
   * @default azurecli
   * @see https://azure.github.io/kubelogin/concepts/login-modes.html
   */
  readonly login?: "azurecli" | "azd" | "azurepipelines" | "msi" | "spn" | "workloadidentity";
  /**
   * Client id of the managed identity or application.
   *
   * @default - the environment's, AZURE_CLIENT_ID
   */
  readonly clientId?: string;
  /**
   * Tenant of the application.
   *
   * @default - the environment's, AZURE_TENANT_ID
   */
  readonly tenantId?: string;
}

/** Logins of kubelogin that ask nobody. Source: Azure/kubelogin, docs/book/src/concepts/login-modes. */
const LOGINS: readonly NonNullable<KubeloginOptions["login"]>[] = [
  "azurecli",
  "azd",
  "azurepipelines",
  "msi",
  "spn",
  "workloadidentity",
];

/** A kubeconfig file, and the cluster in it. */
export interface KubeconfigOptions {
  /**
   * Path of the file, where Terraform runs.
   *
   * @default ~/.kube/config
   */
  readonly path?: string;
  /**
   * Context of the cluster in the file.
   *
   * @default - the name of the cluster, as `az aks get-credentials` calls it
   */
  readonly context?: string;
}

const KUBELOGIN: PropSpecs<KubeloginOptions> = {
  login: literal(string()),
  clientId: string(),
  tenantId: string(),
};

const KUBECONFIG: PropSpecs<KubeconfigOptions> = { path: string(), context: string() };

type KubeConfig = DataAzurermKubernetesClusterKubeConfigOutputReference;

/**
 * Login of Terraform to the Kubernetes API of a cluster.
 *
 * @example
 * ```ts
 * const existing = AksCluster.fromExisting(new ClusterStack(app, "azure"), "aks", {
 *   clusterName: "myAKSCluster",
 *   resourceGroupName: "myResourceGroup",
 *   podSandboxing: PodSandboxing.GA,
 *   access: ClusterAccess.kubelogin({ login: "workloadidentity" }),
 * });
 * new SandboxStack(app, "pods", { cluster: existing });
 * ```
 */
export class ClusterAccess {
  /** The client certificate of the cluster's local account, read from Azure. It then lies in the sandbox stack's state. */
  static readonly LOCAL_ACCOUNTS = new ClusterAccess("local accounts", (_, kubeConfig) => {
    const { host, clientCertificate, clientKey, clusterCaCertificate } = kubeConfig();
    return {
      host,
      clientCertificate: Fn.base64decode(clientCertificate),
      clientKey: Fn.base64decode(clientKey),
      clusterCaCertificate: Fn.base64decode(clusterCaCertificate),
    };
  });

  /**
   * A token of Entra ID from `kubelogin`, which has to be installed where Terraform runs. No credential is written.
   *
   * @throws if the login would ask somebody, or an option is not known
   */
  static kubelogin(options: KubeloginOptions = {}): ClusterAccess {
    checkOptions("ClusterAccess.kubelogin", options, KUBELOGIN);
    const { login = "azurecli", clientId, tenantId } = options;
    if (!LOGINS.includes(login))
      throw errorAtApp(
        `login "${login}" of kubelogin is not for Terraform, which nobody answers: write ${LOGINS.slice(0, -1).join(", ")} or ${LOGINS.at(-1)}`,
      );
    const application = [
      ...(clientId === undefined ? [] : ["--client-id", clientId]),
      ...(tenantId === undefined ? [] : ["--tenant-id", tenantId]),
    ];
    return new ClusterAccess("Entra ID", (_, kubeConfig) => {
      const { host, clusterCaCertificate } = kubeConfig();
      return {
        host,
        clusterCaCertificate: Fn.base64decode(clusterCaCertificate),
        exec: [
          {
            apiVersion: "client.authentication.k8s.io/v1",
            command: "kubelogin",
            args: ["get-token", "--login", login, "--server-id", AKS_SERVER_ID, ...application],
          },
        ],
      };
    });
  }

  /** A kubeconfig file, such as `az aks get-credentials` writes. Nothing is read from Azure. @throws if an option is not known */
  static kubeconfig(options: KubeconfigOptions = {}): ClusterAccess {
    checkOptions("ClusterAccess.kubeconfig", options, KUBECONFIG);
    const { path = "~/.kube/config", context } = options;
    return new ClusterAccess("kubeconfig", (clusterName) => ({
      configPath: path,
      configContext: context ?? clusterName,
    }));
  }

  private constructor(
    /** @internal */
    readonly login: "local accounts" | "Entra ID" | "kubeconfig",
    private readonly config: (clusterName: string, kubeConfig: () => KubeConfig) => KubernetesProviderConfig,
  ) {}

  /**
   * The configuration of the Kubernetes provider.
   *
   * @param kubeConfig reads the cluster's kubeconfig from Azure; only called where the login needs it
   * @internal
   */
  providerConfig(clusterName: string, kubeConfig: () => KubeConfig): KubernetesProviderConfig {
    return this.config(clusterName, kubeConfig);
  }
}
