/** The verdict on a VM size as one of kata pods: yes, no, or only AKS can tell. */
export type KataVmSizeVerdict = "allow" | "reject" | "warn";

interface VmSizeRule {
  readonly pattern: RegExp;
  readonly verdict: KataVmSizeVerdict;
  readonly why: string;
}

/**
 * First match decides; what no line matches is for AKS to decide, which keeps a list of its own.
 *
 * Sources: Azure/karpenter-provider-azure, pkg/providers/instancetype/instancetypes.go (PR #1721);
 * learn.microsoft.com/azure/virtual-machines/generation-2 and /acu (generation 2, nested virtualization);
 * MicrosoftDocs/azure-aks-docs, articles/aks/node-images.md (amd64 only) and use-cvm.md (no confidential VMs).
 */
const VM_SIZE_RULES: readonly VmSizeRule[] = [
  reject(/^(Basic|Standard)_A/i, "A sizes have no nested virtualization"),
  reject(/^Standard_B/i, "B sizes have no nested virtualization"),
  reject(/^Standard_[DE]C\d/i, "confidential VMs cannot run kata pods"),
  reject(/^Standard_[A-Z]+\d+(-\d+)?[a-z]*p[a-z]*(_|$)/i, "kata node images are amd64 only and this size is Arm64"),
  reject(/^Standard_DS?\d+(-\d+)?(_v2)?(_Promo)?$/i, "D sizes before v3 have no nested virtualization"),
  reject(/^Standard_[DE]\d+(-\d+)?i?a[a-z]*_v4$/i, "AMD v4 sizes have no nested virtualization"),
  reject(/^Standard_[DE]\d+(-\d+)?i?_v3$/i, "Dv3 and Ev3 (without s) are generation 1 only"),
  reject(/^Standard_FS?\d+s?$/i, "F sizes of the first version have no nested virtualization"),
  reject(/^Standard_M.*_v3$/i, "M v3 sizes have no nested virtualization"),
  allow(/^Standard_[DE]\d+(-\d+)?i?s_v3$/i),
  allow(/^Standard_[DE]\d+(-\d+)?i?(d?s|d)_v4$/i),
  allow(/^Standard_[DE]\d+(-\d+)?i?b?d?s_v5$/i),
  allow(/^Standard_[DE]\d+(-\d+)?d?_v5$/i),
  allow(/^Standard_[DE]\d+(-\d+)?i?ad?s_v[5-7]$/i),
  allow(/^Standard_[DE]\d+(-\d+)?i?b?d?s_v[67]$/i),
];

const UNDECIDED = { verdict: "warn", why: "only AKS knows whether this size supports nested virtualization" } as const;

/** Returns the verdict on a VM size as that of a kata node pool, and its reason. */
export function kataVmSize(vmSize: string): { readonly verdict: KataVmSizeVerdict; readonly why: string } {
  return VM_SIZE_RULES.find((rule) => rule.pattern.test(vmSize)) ?? UNDECIDED;
}

function reject(pattern: RegExp, why: string): VmSizeRule {
  return { pattern, verdict: "reject", why };
}

function allow(pattern: RegExp): VmSizeRule {
  return { pattern, verdict: "allow", why: "generation 2 with nested virtualization" };
}
