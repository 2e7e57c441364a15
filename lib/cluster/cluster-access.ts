import { DataAzurermKubernetesClusterKubeConfigOutputReference } from "@cdktf/provider-azurerm/lib/data-azurerm-kubernetes-cluster";
import { KubernetesProviderConfig } from "@cdktf/provider-kubernetes/lib/provider";
import { Fn } from "cdktf";

/** Application id of AKS's server in Entra ID, the same in every tenant. Source: Azure/kubelogin issue 114. */
const AKS_SERVER_ID = "6dae42f8-4368-4678-94ff-3960e28e3630";

export interface KubeloginOptions {
  /**
   * How kubelogin gets its token: `azurecli`, `workloadidentity`, `msi`, `spn` …
   *
   * @default azurecli
   * @see https://azure.github.io/kubelogin/concepts/login-modes.html
   */
  readonly login?: string;
}

export interface KubeconfigOptions {
  /** @default ~/.kube/config */
  readonly path?: string;
  /** @default - the name of the cluster, as `az aks get-credentials` calls it */
  readonly context?: string;
}

type KubeConfig = DataAzurermKubernetesClusterKubeConfigOutputReference;

/** How Terraform logs in to the Kubernetes API of a cluster. */
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

  /** A token of Entra ID from `kubelogin`, which has to be installed where Terraform runs. */
  static kubelogin({ login = "azurecli" }: KubeloginOptions = {}): ClusterAccess {
    return new ClusterAccess("Entra ID", (_, kubeConfig) => {
      const { host, clusterCaCertificate } = kubeConfig();
      return {
        host,
        clusterCaCertificate: Fn.base64decode(clusterCaCertificate),
        exec: [
          {
            apiVersion: "client.authentication.k8s.io/v1",
            command: "kubelogin",
            args: ["get-token", "--login", login, "--server-id", AKS_SERVER_ID],
          },
        ],
      };
    });
  }

  /** A kubeconfig file, such as `az aks get-credentials` writes. Nothing is read from Azure. */
  static kubeconfig({ path = "~/.kube/config", context }: KubeconfigOptions = {}): ClusterAccess {
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
