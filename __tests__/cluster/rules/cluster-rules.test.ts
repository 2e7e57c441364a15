import { App } from "cdktf";
import { AksClusterProps, ClusterAccess, PodSandboxing } from "../../../lib";
import { clusterIn } from "../../support/clusters";

const GA = { podSandboxing: PodSandboxing.GA };
const ENTRA = { azureActiveDirectoryRoleBasedAccessControl: { azureRbacEnabled: true } };

type Refused<Props> = [mistake: string, props: Props, message: string];

describe("a cluster is refused", () => {
  test.each<Refused<Partial<AksClusterProps>>>([
    [
      "name with a dot",
      { name: "my.cluster" },
      'cluster name "my.cluster" is not valid: use 1 to 63 letters, digits, underscores and hyphens with a letter or digit at both ends [cluster/aks]',
    ],
    ["name of 64 characters", { name: "a".repeat(64) }, `cluster name "${"a".repeat(64)}" is not valid`],
    ["name that ends with a hyphen", { name: "aks-" }, 'cluster name "aks-" is not valid'],
    ["empty name", { name: "" }, "name is empty: write a string [cluster/aks]"],
    [
      "DNS prefix with an underscore",
      { dnsPrefix: "my_aks" },
      'DNS prefix "my_aks" is not valid: use 1 to 54 letters, digits and hyphens with a letter or digit at both ends [cluster/aks]',
    ],
    ["DNS prefix of 55 characters", { dnsPrefix: "a".repeat(55) }, `DNS prefix "${"a".repeat(55)}" is not valid`],
    ["DNS prefix that starts with a hyphen", { dnsPrefix: "-aks" }, 'DNS prefix "-aks" is not valid'],
    [
      "old Kubernetes on PREVIEW",
      { kubernetesVersion: "1.23.9" },
      'Kubernetes version "1.23.9" is too old for PodSandboxing.PREVIEW: use 1.24 or later [cluster/aks]',
    ],
    [
      "old Kubernetes on GA",
      { ...GA, kubernetesVersion: "1.26" },
      'Kubernetes version "1.26" is too old for PodSandboxing.GA: use 1.27 or later [cluster/aks]',
    ],
    [
      "Kubernetes that is no version",
      { kubernetesVersion: "latest" },
      'Kubernetes version "latest" is not a version: write one such as 1.34 or 1.34.2 [cluster/aks]',
    ],
    [
      "local accounts that are disabled",
      { localAccountDisabled: true },
      "local accounts cannot log in to a cluster with localAccountDisabled true: use ClusterAccess.kubelogin() [cluster/aks]",
    ],
    [
      "local accounts with Entra ID",
      { ...ENTRA, access: ClusterAccess.LOCAL_ACCOUNTS },
      "local accounts cannot log in to a cluster with azureActiveDirectoryRoleBasedAccessControl (its kubeconfig has no client certificate): use ClusterAccess.kubelogin() [cluster/aks]",
    ],
    [
      "kubelogin without Entra ID",
      { access: ClusterAccess.kubelogin() },
      "kubelogin cannot log in to a cluster without Entra ID: add azureActiveDirectoryRoleBasedAccessControl or use ClusterAccess.LOCAL_ACCOUNTS [cluster/aks]",
    ],
  ])("%s", (_, props, message) => {
    expect(() => clusterIn(new App(), props)).toThrow(message);
  });
});
