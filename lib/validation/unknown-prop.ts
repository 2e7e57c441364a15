import { closest, distance } from "fastest-levenshtein";

/** Returns the sentence on a prop that nobody knows, with the nearest name that is known. */
export function unknownProp(name: string, known: readonly string[], inside?: string): string {
  const what = `prop "${name}" is not known${inside === undefined ? "" : ` in ${inside}`}`;
  return `${what}: ${unknownName(name, known, "remove it")}`;
}

/** Returns a question for the nearest name that is known, or else what to do. */
export function unknownName(name: string, known: readonly string[], otherwise: string): string {
  const meant = known.find((other) => wordsOf(other) === wordsOf(name)) ?? nearest(name, known) ?? longer(name, known);
  return meant === undefined ? otherwise : `did you mean ${meant}?`;
}

/** The words of a name in order: `enableAutoScaling` of azurerm 3 and `autoScalingEnabled` have the same. */
function wordsOf(name: string): string {
  const words = name.split(/(?=[A-Z])|[_.]/).map((word) => word.toLowerCase().replace(/^enabled$/, "enable"));
  return words.sort().join(" ");
}

function nearest(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const nearest = closest(name, [...known]);
  return distance(name.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, name.length / 3) ? nearest : undefined;
}

/** Returns the one name that ends with it: `clusterName` for `name`. */
function longer(name: string, known: readonly string[]): string | undefined {
  const longer = known.filter((other) => other.toLowerCase().endsWith(name.toLowerCase()));
  return longer.length === 1 && name.length >= 4 ? longer[0] : undefined;
}
