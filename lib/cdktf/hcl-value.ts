import { alignedAssignments } from "./hcl-format";
import type { Reading } from "./hcl-meta-arguments";
import { Key, literalKey, literalString, template, templateKey } from "./hcl-template";

/** Longest list that is written in one line, in characters without its name. */
const ONE_LINE = 80;

/**
 * Writes a value of Terraform JSON as an expression of HCL. Lines after the first are indented by what is given.
 *
 * @param inList whether line breaks are nothing but space, as they are between brackets
 * @throws if a template is not closed
 */
export function hclValue(value: unknown, reading: Reading, indent: number, inList = false): string {
  if (typeof value === "string") return stringValue(value, reading, indent, inList);
  if (Array.isArray(value)) return listValue(value, reading, indent);
  if (typeof value === "object" && value !== null) return objectValue(value, reading, indent);
  return JSON.stringify(value) ?? "null";
}

/** Returns whether JSON would have a value. */
export function isGiven(value: unknown): boolean {
  return value !== undefined && typeof value !== "function";
}

function stringValue(text: string, reading: Reading, indent: number, inList: boolean): string {
  if (reading === "template") return template(text, indent, inList);
  if (reading !== "reference") return literalString(text);
  // cdktf puts `${…}` around some references.
  return template(text.startsWith("${") ? text : `\${${text}}`, indent, inList);
}

function listValue(items: readonly unknown[], reading: Reading, indent: number): string {
  if (items.length === 0) return "[]";
  const texts = items.map((item) => hclValue(item, reading, indent + 2, true));
  if (items.every(isPlain)) {
    const line = `[${texts.join(", ")}]`;
    if (line.length <= ONE_LINE && !line.includes("\n")) return line;
  }
  const margin = " ".repeat(indent);
  return `[\n${texts.map((text) => `${margin}  ${text},\n`).join("")}${margin}]`;
}

function isPlain(item: unknown): boolean {
  return typeof item !== "object" || item === null;
}

function objectValue(object: object, reading: Reading, indent: number): string {
  const inside = argumentLines(
    Object.entries(object)
      .filter(([, value]) => isGiven(value))
      .map(([key, value]) => ({
        ...keyOf(key, reading, indent + 2),
        value: hclValue(value, reading === "requirement" ? requirement(key) : reading, indent + 2),
      })),
    indent + 2,
  );
  return inside === "" ? "{}" : `{\n${inside}\n${" ".repeat(indent)}}`;
}

function keyOf(key: string, reading: Reading, indent: number): Key {
  if (reading === "template") return templateKey(key, indent);
  return reading === "reference" ? { name: key } : literalKey(key);
}

function requirement(key: string): Reading {
  return key === "configuration_aliases" ? "reference" : "text";
}

/** An argument of a block or an item of an object. */
export interface Argument extends Key {
  readonly value: string;
}

/** Lines `name = value`, in which every `=` of neighbouring lines is in the same column. */
export function argumentLines(assignments: readonly Argument[], indent: number): string {
  const margin = " ".repeat(indent);
  const lines: string[] = [];
  let neighbours: Argument[] = [];
  const flush = () => {
    for (const line of alignedAssignments(neighbours)) lines.push(margin + line);
    neighbours = [];
  };
  for (const assignment of assignments) {
    if (assignment.value.includes("\n") || assignment.standsAlone) {
      flush();
      lines.push(`${margin}${assignment.name} = ${assignment.value}`);
    } else {
      neighbours.push(assignment);
    }
  }
  flush();
  return lines.join("\n");
}
