import { isUnresolved } from "./unresolved";

/** Exponents of ten and two. Source: kubernetes/apimachinery, pkg/api/resource/suffix.go. */
const DECIMAL: readonly [suffix: string, exponent: number][] = [
  ["n", -9],
  ["u", -6],
  ["m", -3],
  ["", 0],
  ["k", 3],
  ["M", 6],
  ["G", 9],
  ["T", 12],
  ["P", 15],
  ["E", 18],
];
const BINARY = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

const QUANTITY = /^([+-]?)(\d+)?(?:\.(\d*))?(?:([eE][+-]?\d+)|([a-zA-Z]*))$/;

/** The smallest part of a unit in a list of resources is a thousandth. Source: kubernetes, pkg/apis/core/v1/defaults.go. */
const MILLI = 3;

/**
 * Returns the quantity of a Kubernetes resource in the spelling that the API server answers with, so that plans show no difference:
 * `500m` for `0.5`, `1Gi` for `1024Mi`. What is no quantity, or known only after apply, is returned as it is.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function canonicalQuantity(text: string): string {
  const [, sign, whole = "", fraction = "", exponent, suffix = ""] =
    (isUnresolved(text) ? undefined : QUANTITY.exec(text)) ?? [];
  if (sign === undefined || whole + fraction === "") return text;
  const scale = exponent === undefined ? scaleOf(suffix) : { ten: Number(exponent.slice(1)), two: 0 };
  if (scale === undefined) return text;
  const milli = inMilli(BigInt(whole + fraction), scale.ten - fraction.length, scale.two);
  if (milli === 0n) return "0";
  const minus = sign === "-" ? "-" : "";
  if (scale.two > 0 && milli % 1000n === 0n && milli / 1000n >= 1024n) return minus + inBinary(milli / 1000n);
  return minus + inDecimal(milli, exponent !== undefined);
}

function scaleOf(suffix: string): { readonly ten: number; readonly two: number } | undefined {
  const decimal = DECIMAL.find(([known]) => known === suffix);
  if (decimal) return { ten: decimal[1], two: 0 };
  const binary = BINARY.indexOf(suffix);
  return binary < 0 ? undefined : { ten: 0, two: 10 * (binary + 1) };
}

/** Rounds up to the smallest part. */
function inMilli(digits: bigint, ten: number, two: number): bigint {
  const power = ten + MILLI;
  const value = digits * 2n ** BigInt(two) * (power > 0 ? 10n ** BigInt(power) : 1n);
  const divisor = power < 0 ? 10n ** BigInt(-power) : 1n;
  return (value + divisor - 1n) / divisor;
}

function inBinary(value: bigint): string {
  let power = 0;
  while (value % 1024n === 0n && power < BINARY.length) {
    value /= 1024n;
    power++;
  }
  return `${value}${power === 0 ? "" : BINARY[power - 1]}`;
}

function inDecimal(milli: bigint, hasExponent: boolean): string {
  let step = DECIMAL.findIndex(([, exponent]) => exponent === -MILLI);
  while (milli % 1000n === 0n && step < DECIMAL.length - 1) {
    milli /= 1000n;
    step++;
  }
  const [suffix, exponent] = DECIMAL[step];
  return `${milli}${hasExponent && exponent !== 0 ? `e${exponent}` : suffix}`;
}
