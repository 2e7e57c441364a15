import { closest, distance } from "fastest-levenshtein";

/** Returns the sentence on a prop that nobody knows, with the nearest name that is known. */
export function unknownProp(name: string, known: readonly string[], inside?: string): string {
  const what = `prop "${name}" is not known${inside === undefined ? "" : ` in ${inside}`}`;
  const nearest = known.length ? closest(name, [...known]) : "";
  const isNear = nearest !== "" && distance(name.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, name.length / 3);
  return isNear ? `${what}: did you mean ${nearest}?` : `${what}: remove it`;
}
