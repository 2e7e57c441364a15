import { readFileSync } from "node:fs";
import { ArgumentTable, argumentsOf } from "../facts/arguments";
import { canonicalValues } from "../facts/canonical";
import { stepsOf } from "../model/reference";
import type { Block } from "../model/stack";
import { at, isValues, isZero, mapValues, stable, Unknown, Value, valueOf, Values } from "../model/value";
import { changedArguments } from "./compare";
import type { PlannedResource, StackPlan } from "./plan";
import type { Side } from "./side";
import { ChangedArgument, contribution, Verdict, worst, worstFirst } from "./verdict";

/** What a real plan says of one resource, or of one instance of it. */
interface ResourceChange {
  /** As in `azurerm_kubernetes_cluster.aks[0]`. */
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: unknown;
    readonly after: unknown;
    readonly after_unknown?: unknown;
    readonly before_sensitive?: unknown;
    readonly after_sensitive?: unknown;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

/**
 * Reads what `terraform show -json` prints of a plan.
 *
 * @throws if a file is none
 */
export function readPlan(file: string): readonly ResourceChange[] {
  const way = "write it with terraform show -json PLAN";
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`"${file}" cannot be read (${(error as NodeJS.ErrnoException).code}): ${way}`);
  }
  try {
    const { resource_changes: changes } = JSON.parse(text);
    if (Array.isArray(changes)) return changes.filter(({ mode }: ResourceChange) => mode !== "data");
  } catch {
    // What the parser says may have a piece of a secret in it.
  }
  throw new Error(`"${file}" is not a plan in JSON: ${way}`);
}

/** A plan told from text, with what a real one says: its actions win, and what it knows is known. */
export function mergedWith(plan: StackPlan, changes: readonly ResourceChange[]): StackPlan {
  const byAddress = new Map<string, ResourceChange[]>();
  for (const change of changes) {
    const address = blockAddress(change.address);
    byAddress.set(address, [...(byAddress.get(address) ?? []), change]);
  }
  const merged = plan.resources.map((resource) => mergedResource(resource, byAddress.get(resource.address) ?? []));
  const known = new Set(merged.map(({ address }) => address));
  const strangers = [...byAddress]
    .filter(([address]) => !known.has(address))
    .map(([address, found]) => stranger(plan, address, found));
  return { ...plan, resources: [...merged, ...strangers.filter(({ verdict }) => verdict !== "none")] };
}

/** A resource that only the plan knows of, as one that was in the state and in neither text. */
function stranger({ before, after }: StackPlan, address: string, changes: readonly ResourceChange[]): PlannedResource {
  const { type, change } = changes[0];
  const required = (after ?? before)!.stack.requiredProviders[type.split("_")[0]];
  const meta: Block["meta"] = {
    dependsOn: [],
    count: undefined,
    forEach: undefined,
    preventDestroy: false,
    ignoreChanges: [],
    replaceTriggeredBy: [],
  };
  const block: Block = { kind: "resource", address, type, constraint: required?.version, body: {}, meta };
  const table = argumentsOf(block);
  const side: Side = {
    block,
    table,
    values: configured(valueOf(change.before ?? change.after), table),
    hidden: new Map(),
  };
  const verdict = verdictOf(changes);
  return {
    address,
    ...(verdict === "create" ? { after: side } : { before: side }),
    verdict,
    arguments: [],
    source: "plan",
  };
}

/** The address of the block that an instance, or a resource in a module, comes from. */
function blockAddress(address: string): string {
  const [module] = /^module\.[^.[]+/.exec(address) ?? [];
  return module ?? address.replace(/\[[^\]]*\]$/, "");
}

const VERDICTS_OF_ACTIONS: { readonly [actions: string]: Verdict } = {
  "no-op": "none",
  create: "create",
  update: "update",
  delete: "destroy",
  "create,delete": "replace",
  "delete,create": "replace",
  forget: "none",
};

function verdictOf(changes: readonly ResourceChange[]): Verdict {
  return worst(changes.map(({ change }) => VERDICTS_OF_ACTIONS[change.actions.join()] ?? "unknown"));
}

function mergedResource(resource: PlannedResource, changes: readonly ResourceChange[]): PlannedResource {
  if (changes.length === 0) return resource;
  const planned = verdictOf(changes);
  const side = resource.after;
  const isCompared =
    side?.block.kind === "resource" && changes.length === 1 && (planned === "update" || planned === "replace");
  const args = isCompared ? inPlan(side, changes[0]) : planned === "none" ? kept(resource) : resource.arguments;
  const isRotated = planned === "update" && args.some((change) => contribution(change) === "rotate");
  const verdict = isRotated ? "rotate" : planned;
  return {
    ...resource,
    verdict,
    arguments: args,
    cause: verdict === resource.verdict ? resource.cause : undefined,
    source: "plan",
  };
}

/** What is written otherwise and is no change to the provider. */
function kept({ arguments: changed }: PlannedResource): ChangedArgument[] {
  return changed.map((change) => ({ ...change, effect: "none", atWorst: undefined }));
}

/** The arguments that differ between both sides of a plan, with the effects that the provider gives them. */
function inPlan(side: Side, { change }: ResourceChange): ChangedArgument[] {
  const block = { ...side.block, meta: { ...side.block.meta, ignoreChanges: [] } };
  const states = [valueOf(change.before), withUnknown(valueOf(change.after), valueOf(change.after_unknown))];
  const [before, after] = states.map((state): Side => ({ ...side, block, values: configured(state, side.table) }));
  const secrets = [change.before_sensitive, change.after_sensitive].map(valueOf);
  const replaced = (change.replace_paths ?? []).map((path) =>
    path.filter((step) => typeof step === "string").join("."),
  );
  const isNothing = (value: Value) => value === undefined || isZero(value);
  const differ = (old: Value, next: Value) =>
    stable(old) === stable(next) || (isNothing(old) && isNothing(next)) ? "no" : "yes";
  // What the provider computes anew is no change that anybody asked for.
  const isAskedFor = ({ argument, after }: ChangedArgument) => !(argument?.isComputed && after instanceof Unknown);
  const changed = changedArguments(before, after, differ).filter(isAskedFor);
  return worstFirst(
    changed.map((changed) => {
      const written = changed.argument?.written ?? changed.path;
      const isReplaced = replaced.some(
        (path) => `${written}.`.startsWith(`${path}.`) || `${path}.`.startsWith(`${written}.`),
      );
      const effect = isReplaced ? "replace" : changed.effect === "replace" ? "update" : changed.effect;
      return { ...changed, effect, isSensitive: secrets.some((marks) => isMarked(marks, stepsOf(written))) };
    }),
  );
}

/** What a plan says after the change, with what is known after apply. */
function withUnknown(value: Value, unknown: Value): Value {
  if (unknown === true) return new Unknown("(known after apply)");
  if (Array.isArray(value) && Array.isArray(unknown)) return value.map((item, i) => withUnknown(item, unknown[i]));
  if (!isValues(unknown)) return value;
  const known = isValues(value) ? value : {};
  return { ...known, ...mapValues(unknown, (inside, name) => withUnknown(known[name], inside)) };
}

/** The arguments of a state, without what the provider computes. */
function configured(state: Value, table: ArgumentTable): Values {
  const inBlock = (block: Value, above: string): Values => {
    if (!isValues(block)) return {};
    const known = Object.entries(block).filter(
      ([name]) => table.version === undefined || table.byWritten.has(above + name),
    );
    const inside = (name: string, value: Value) =>
      table.byWritten.get(above + name)?.nesting && Array.isArray(value)
        ? value.map((item) => inBlock(item, `${above}${name}.`))
        : value;
    return Object.fromEntries(known.map(([name, value]) => [name, inside(name, value)]));
  };
  return canonicalValues(inBlock(state, ""), table);
}

/** Whether a plan marks a value, or one around it or in it, as sensitive. */
function isMarked(marks: Value, path: readonly string[]): boolean {
  if (marks === true) return true;
  if (path.length === 0) return JSON.stringify(marks ?? false).includes("true");
  if (Array.isArray(marks)) return marks.some((mark) => isMarked(mark, path));
  return isMarked(at(marks, path[0]), path.slice(1)) && isValues(marks);
}
