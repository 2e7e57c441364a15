import { IConstruct } from "constructs";
import type { IKataNodePool } from "../cluster/i-node-pool";
import { check } from "../validation/check";
import { checkProps, number, PropSpecs, string, text } from "../validation/props";
import { validationError } from "../validation/validation-error";
import { TOLERATION_RULES } from "./rules/toleration-rules";

/** A toleration as Kubernetes writes it. */
export interface Toleration {
  /**
   * Key of the taint.
   *
   * @default - every key, with operator `Exists`
   * @throws if it is malformed, or missing without operator `Exists`
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration
   */
  readonly key?: string;
  /**
   * Comparison with the taint's value.
   *
   * @default Equal
   * @throws if it is not known
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration
   */
  readonly operator?: "Equal" | "Exists";
  /**
   * Value of the taint.
   *
   * @default - none, for operator `Exists`
   * @throws if the operator is `Exists`
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration
   */
  readonly value?: string;
  /**
   * Effect of the taint.
   *
   * @default - every effect
   * @throws if it is not known
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration
   */
  readonly effect?: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
  /**
   * Time that a taint of effect `NoExecute` is tolerated, in seconds.
   *
   * @default - for ever
   * @throws if the effect is another
   * @see https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration
   */
  readonly tolerationSeconds?: number;
}

const PROPS: PropSpecs<Toleration> = {
  key: string(),
  operator: string(),
  value: text(),
  effect: string(),
  tolerationSeconds: number(),
};

/**
 * Holds tolerations to their rules.
 *
 * @throws if Kubernetes would refuse one
 */
export function checkTolerations(construct: IConstruct, tolerations: readonly Toleration[]): void {
  tolerations.forEach((toleration, i) => {
    checkProps(construct, toleration, PROPS, { inside: "tolerations" });
    check(construct, TOLERATION_RULES, toleration);
    if (tolerations.slice(0, i).some((other) => isSameToleration(other, toleration)))
      throw validationError(construct, `tolerations[${i}] is there twice, which Kubernetes refuses: remove one`);
  });
}

/**
 * Returns whether two tolerations are one to Kubernetes, which refuses a class that has both.
 *
 * Source: kubernetes/kubernetes, v1.35.3, pkg/apis/node/validation/validation.go, validateTolerations.
 */
export function isSameToleration(one: Toleration, other: Toleration): boolean {
  return (
    one.key === other.key &&
    (one.operator ?? "Equal") === (other.operator ?? "Equal") &&
    one.value === other.value &&
    one.effect === other.effect
  );
}

/** Returns the tolerations of all taints that node pools have, as far as they are known. */
export function tolerationsOf(nodePools: readonly IKataNodePool[]): Toleration[] {
  return [...new Set(nodePools.flatMap(({ nodeTaints }) => nodeTaints))].map(tolerationOf);
}

/** A taint is `key=value:effect`, or `key:effect` without a value. */
function tolerationOf(taint: string): Toleration {
  const colon = taint.lastIndexOf(":");
  const [key, value] = taint.slice(0, colon).split("=");
  const effect = taint.slice(colon + 1) as Toleration["effect"];
  return value === undefined ? { key, operator: "Exists", effect } : { key, operator: "Equal", value, effect };
}
