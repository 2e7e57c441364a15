import { shown } from "./validation/prop-types";
import { errorAtApp } from "./validation/validation-error";
import { AzurermVersion } from "./azurerm-version";

/** The facts of one release, stated once as the fields of `PodSandboxing`. */
type PodSandboxingFacts = Omit<PodSandboxing, "azurermVersion" | "on">;

/**
 * A release of AKS Pod Sandboxing: the names it goes by and the azurerm versions that know them.
 *
 * @see https://learn.microsoft.com/azure/aks/use-pod-sandboxing
 */
export class PodSandboxing {
  /**
   * The preview of January 2023, as Microsoft's document describes it. AKS no longer creates such pools.
   *
   * Sources: MicrosoftDocs/azure-aks-docs, commit 28f2cbda9 (SKU, runtime, class, Kubernetes 1.24) and
   * articles/aks/includes/azure-linux-retirement.md (images removed on 2026-03-31); Azure/karpenter-provider-azure,
   * designs/0006-requirements-and-labels.md (node label).
   */
  static readonly PREVIEW = new PodSandboxing({
    name: "PREVIEW",
    osSku: "CBLMariner",
    workloadRuntime: "KataMshvVmIsolation",
    builtInRuntimeClass: "kata-mshv-vm-isolation",
    nodeLabel: "kubernetes.azure.com/kata-mshv-vm-isolation",
    minimumKubernetesVersion: "1.24",
    warning:
      "AKS no longer creates node pools of the Pod Sandboxing preview (their images were removed on 2026-03-31): " +
      "write podSandboxing: PodSandboxing.GA for today's AKS",
    azurermVersions: [AzurermVersion.V3],
  });

  /**
   * Pod Sandboxing as generally available since November 2025.
   *
   * Sources: MicrosoftDocs/azure-aks-docs, articles/aks/use-pod-sandboxing.md (SKU, runtime, class, Kubernetes 1.27) and
   * articles/aks/upgrade-os-version.md (up to Kubernetes 1.31, AzureLinux means the retired Azure Linux 2);
   * Azure/karpenter-provider-azure, designs/0006-requirements-and-labels.md (node label).
   */
  static readonly GA = new PodSandboxing({
    name: "GA",
    osSku: "AzureLinux",
    workloadRuntime: "KataVmIsolation",
    builtInRuntimeClass: "kata-vm-isolation",
    nodeLabel: "kubernetes.azure.com/kata-vm-isolation",
    minimumKubernetesVersion: "1.27",
    imagesFromKubernetesVersion: "1.32",
    azurermVersions: [AzurermVersion.V4, AzurermVersion.V5],
  });

  /**
   * Returns whether a workload runtime gives pods a kernel of their own, in any release.
   *
   * @internal
   */
  static isKata(workloadRuntime: unknown): boolean {
    return [PodSandboxing.PREVIEW, PodSandboxing.GA].some((release) => release.workloadRuntime === workloadRuntime);
  }

  /** RuntimeClasses that AKS creates and reconciles, in any release. */
  static readonly RESERVED_RUNTIME_CLASSES: readonly string[] = [
    PodSandboxing.PREVIEW.builtInRuntimeClass,
    PodSandboxing.GA.builtInRuntimeClass,
    "kata-cc-isolation", // Confidential Containers
    "kata-vm-isolation-v2", // Agent Sandbox extension
    "runc",
  ];

  /** Name of the release, as in `PodSandboxing.GA`. */
  declare readonly name: string;
  /** OS SKU of the node pools. */
  declare readonly osSku: string;
  /** Workload runtime of the kata node pools. */
  declare readonly workloadRuntime: string;
  /** RuntimeClass that AKS itself creates on a cluster with a kata node pool, and reconciles; never create it. */
  declare readonly builtInRuntimeClass: string;
  /** Label with the value "true" that AKS puts on the nodes of a kata node pool. */
  declare readonly nodeLabel: string;
  /** Oldest Kubernetes minor version for which the release is documented. */
  declare readonly minimumKubernetesVersion: string;
  /** Oldest Kubernetes minor version for which Azure still has the node images, if it has any. */
  declare readonly imagesFromKubernetesVersion?: string;
  /** Warning for every user of the release at synth, if there is one. */
  declare readonly warning?: string;
  /** The azurerm majors that can express the release, the default first. */
  declare readonly azurermVersions: readonly AzurermVersion[];

  private constructor(
    private readonly facts: PodSandboxingFacts,
    /** The azurerm major in whose names the release is written. */
    readonly azurermVersion: AzurermVersion = facts.azurermVersions[0],
  ) {
    Object.assign(this, facts);
  }

  /**
   * The same release, written for another azurerm major: `PodSandboxing.GA.on(AzurermVersion.V5)`.
   *
   * @throws if it is none, or that major has no name for the release's workload runtime
   */
  on(azurermVersion: AzurermVersion): PodSandboxing {
    if (!(azurermVersion instanceof AzurermVersion))
      throw errorAtApp(
        `PodSandboxing.${this.name}.on got ${shown(azurermVersion)}: write AzurermVersion.V${this.azurermVersions.map(({ major }) => major).join(" or AzurermVersion.V")}`,
      );
    if (!this.azurermVersions.includes(azurermVersion)) {
      const known = this.azurermVersions.map((version) => version.major).join(" or ");
      throw errorAtApp(
        `azurerm ${azurermVersion.major} cannot express PodSandboxing.${this.name} ` +
          `(it has no ${this.workloadRuntime}): use azurerm ${known}`,
      );
    }
    return new PodSandboxing(this.facts, azurermVersion);
  }
}
