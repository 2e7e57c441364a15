import { bytes } from "../validation/quantity";
import { errorAtApp } from "../validation/validation-error";

/**
 * The memory that the host needs beside the memory of a pod's VM (shim, hypervisor, file system daemon), by the pod's memory limit.
 *
 * @see https://learn.microsoft.com/azure/aks/considerations-pod-sandboxing
 */
export class PodOverhead {
  /** Rows of memory limit and overhead. Source: MicrosoftDocs/azure-aks-docs, articles/aks/considerations-pod-sandboxing.md. */
  static readonly TABLE: readonly { readonly podMemory: string; readonly overhead: string }[] = [
    { podMemory: "128Mi", overhead: "16Mi" },
    { podMemory: "256Mi", overhead: "32Mi" },
    { podMemory: "1Gi", overhead: "128Mi" },
    { podMemory: "2Gi", overhead: "256Mi" },
    { podMemory: "4Gi", overhead: "374Mi" },
    { podMemory: "8Gi", overhead: "512Mi" },
    { podMemory: "32Gi", overhead: "640Mi" },
    { podMemory: "64Gi", overhead: "768Mi" },
    { podMemory: "96Gi", overhead: "896Mi" },
    { podMemory: "128Gi", overhead: "1Gi" },
  ];

  /** Smallest memory limit of a kata pod. */
  static readonly SMALLEST_POD = PodOverhead.TABLE[0].podMemory;
  /** Largest memory limit for which the table has an overhead. */
  static readonly LARGEST_POD = PodOverhead.TABLE[PodOverhead.TABLE.length - 1].podMemory;

  /**
   * Overhead of the first row whose pods are as large as `podMemory` or larger; nothing is interpolated.
   *
   * @throws if podMemory is no quantity, or more than the table has
   */
  static ofPod(podMemory: string): string {
    const needed = bytes(podMemory) ?? NaN;
    const row = PodOverhead.TABLE.find((row) => needed <= bytes(row.podMemory)!);
    if (!row)
      throw errorAtApp(`no overhead is known for podMemory "${podMemory}": use ${PodOverhead.LARGEST_POD} or less`);
    return row.overhead;
  }
}
