import { MANIFEST } from "../facts/resource-types";
import { isInside, withoutKey } from "../model/reference";
import { isValues, isZero, mapValues, stable, Unknown, Value, valueOf, Values } from "../model/value";
import { textIn } from "../read/synth-output";
import { Block } from "../stack/block";
import { changedArguments } from "./compare";
import type { PlannedResource, StackPlan } from "./plan";
import { ChangedArgument, contribution, Verdict, worst, worstFirst } from "./verdict";

/** The change of one resource, or of one instance of it, in a real plan. */
interface ResourceChange {
  /** As in `azurerm_kubernetes_cluster.aks[0]`. */
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly replace_paths?: readonly (readonly (string | number)[])[];
    /** The states, and marks of what is unknown or sensitive in them: `before`, `after_unknown`. */
    readonly [state: string]: unknown;
  };
}

/**
 * Reads what `terraform show -json` prints of a plan.
 *
 * @throws if a file is none
 */
export function readPlan(file: string): readonly ResourceChange[] {
  const way = "write it with terraform show -json PLAN";
  const text = textIn(file, way);
  try {
    const { resource_changes: changes } = JSON.parse(text);
    return changes.filter(({ mode }: ResourceChange) => mode !== "data");
  } catch {
    // The message of the parser may have a piece of a secret in it.
    throw new Error(`"${file}" is not a plan in JSON: ${way}`);
  }
}

/** A plan told from text, with what a real one says: its actions win, and what it knows is known. */
export function mergedWith(plan: StackPlan, changes: readonly ResourceChange[]): StackPlan {
  const found = new Map(plan.resources.map((resource) => [resource.address, [] as ResourceChange[]]));
  for (const change of changes) {
    // An instance, or what is in a module, is of its block.
    const address = /^module\.[^.[]+/.exec(change.address)?.[0] ?? withoutKey(change.address);
    found.set(address, [...(found.get(address) ?? []), change]);
  }
  const told = plan.resources.map((resource) => mergedResource(resource, found.get(resource.address)!));
  const strangers = [...found].slice(told.length).map(([address, changes]) => stranger(plan, address, changes));
  return { ...plan, resources: [...told, ...strangers.filter(({ verdict }) => verdict !== "none")] };
}

/** A resource that only the plan knows of, as one that was in the state and in neither text. */
function stranger({ before, after }: StackPlan, address: string, changes: readonly ResourceChange[]): PlannedResource {
  const [{ type, name, change }] = changes;
  const { requiredProviders } = (after ?? before)!;
  const block = new Block("resource", type, name, valueOf(change.before ?? change.after), requiredProviders);
  const verdict = verdictOf(changes);
  return { address, [verdict === "create" ? "after" : "before"]: block, block, verdict, arguments: [], source: "plan" };
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
  const { after, cause } = resource;
  const planned = verdictOf(changes);
  const isCompared = changes.length === 1 && (planned === "update" || planned === "replace");
  const changed = isCompared && after?.kind === "resource" ? inPlan(after, changes[0]) : resource.arguments;
  const isRotated = planned === "update" && changed.some((change) => contribution(change) === "rotate");
  const verdict = isRotated ? "rotate" : planned;
  return {
    ...{ ...resource, verdict, source: "plan" },
    // Another spelling may be no change to the provider.
    arguments:
      planned === "none" ? changed.map((change) => ({ ...change, effect: "none", atWorst: undefined })) : changed,
    cause: verdict === resource.verdict ? cause : undefined,
  };
}

/** The arguments that differ between both sides of a plan, with the effects that the provider gives them. */
function inPlan(block: Block, { change }: ResourceChange): ChangedArgument[] {
  const states = [valueOf(change.before), withUnknown(valueOf(change.after), valueOf(change.after_unknown))];
  const [before, after] = states.map((body) => block.with({ body: body as Values, ignoreChanges: [] }));
  const replaced = (change.replace_paths ?? []).map((path) =>
    path.filter((step) => typeof step === "string").join("."),
  );
  const marks = [change.before_sensitive, change.after_sensitive].map((marks) => valueOf(marks));
  const isNothing = (value: Value) => value === undefined || isZero(value);
  const differ = (old: Value, next: Value) =>
    stable(old) === stable(next) || (isNothing(old) && isNothing(next)) ? "no" : "yes";
  // A value that the provider computes, or computes anew, is no change that anybody asked for.
  const isAskedFor = ({ argument, after }: ChangedArgument) =>
    argument
      ? !argument.isComputed || !(after instanceof Unknown || block.type === MANIFEST)
      : block.table.version === undefined;
  const changed = changedArguments(before, after, differ).filter(isAskedFor);
  return worstFirst(
    changed.map((one) => {
      const written = one.argument?.written ?? one.path;
      const isReplaced = replaced.some((path) => isInside(written, path) || isInside(path, written));
      const effect = isReplaced ? "replace" : one.effect === "rotate" ? one.effect : "update";
      return { ...one, effect, isSensitive: marks.some((mark) => isMarked(mark, written)) };
    }),
  );
}

/** The value after the change, with what is known after apply. */
function withUnknown(value: Value, unknown: Value): Value {
  if (unknown === true) return new Unknown("(known after apply)");
  if (Array.isArray(value) && Array.isArray(unknown)) return value.map((item, i) => withUnknown(item, unknown[i]));
  if (!isValues(unknown)) return value;
  const known = isValues(value) ? value : {};
  return { ...known, ...mapValues(unknown, (inside, name) => withUnknown(known[name], inside)) };
}

/** True if a plan marks an argument, or anything in the one that it is inside of, as sensitive. */
function isMarked(marks: Value, path: string): boolean {
  return JSON.stringify((isValues(marks) ? marks[path.split(/[.[]/)[0]] : marks) ?? false).includes("true");
}
