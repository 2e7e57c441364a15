import { factsIn } from "../../provider-schemas";
import { MANIFEST } from "../facts/resource-types";
import { isInside, stepsOf, withoutIndices, withoutKey } from "../model/reference";
import { isValues, isZero, mapValues, stable, Unknown, Value, valueOf, Values } from "../model/value";
import { textIn } from "../read/synth-output";
import { Block } from "../stack";
import { changedArguments } from "./compare";

import { ChangedArgument, PlannedResource, StackPlan, Verdict, worst } from "./verdict";

/** The change of one resource, or of one instance of it, in a real plan. */
interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly replace_paths?: readonly (readonly unknown[])[];
    /** The states, and marks of what is unknown or sensitive in them: `before`, `after_unknown`. */
    readonly [state: string]: unknown;
  };
}

/** Reads what `terraform show -json` prints of a plan; throws if a file is none. */
export function readPlan(file?: string): readonly ResourceChange[] {
  if (file === undefined) return [];
  const way = "write it with terraform show -json PLAN";
  const text = textIn(file, way);
  try {
    return JSON.parse(text).resource_changes.filter(({ mode }: { mode: string }) => mode !== "data");
  } catch {
    // The message of the parser may have a piece of a secret in it.
    throw new Error(`"${file}" is not a plan in JSON: ${way}`);
  }
}

/** A plan told from text, with what a real one says: its actions win, and what it knows is known. */
export function mergedWith(plan: StackPlan, changes: readonly ResourceChange[]): StackPlan {
  const told = plan.resources;
  const found = new Map(told.map(({ address }) => [address, [] as ResourceChange[]]));
  for (const change of changes) {
    // An instance, or what is in a module, is of its block.
    const address = /^module\.[^.[]+/.exec(change.address)?.[0] ?? withoutKey(change.address);
    found.set(address, [...(found.get(address) ?? []), change]);
  }
  const resources = [...found].map(([address, changes], i) =>
    mergedResource(told[i] ?? stranger(plan, address, changes[0]), changes),
  );
  return { ...plan, resources: resources.filter(({ verdict }, i) => i < told.length || verdict !== "none") };
}

/** A resource that only the plan knows of, as one that was in the state and in neither text. */
function stranger({ before, after }: StackPlan, address: string, planned: ResourceChange): PlannedResource {
  const { type, name, change } = planned;
  const { requiredProviders } = (after ?? before)!;
  const block = new Block("resource", type, name, valueOf(change.before ?? change.after), requiredProviders);
  const side = change.before ? { before: block } : { after: block };
  return { ...side, address, block, verdict: "none", arguments: [], source: "plan" };
}

function mergedResource(resource: PlannedResource, changes: readonly ResourceChange[]): PlannedResource {
  if (changes.length === 0) return resource;
  const { actions } = factsIn<{ readonly actions: { readonly [actions: string]: Verdict } }>("verdicts.json");
  const { after, cause } = resource;
  const planned = worst(changes.map(({ change }) => actions[change.actions.join()] ?? "unknown"));
  const isCompared = changes.length === 1 && (planned === "update" || planned === "replace");
  const changed = isCompared && after?.kind === "resource" ? inPlan(after, changes[0]) : resource.arguments;
  const verdict = planned === "update" && changed.some(({ effect }) => effect === "rotate") ? "rotate" : planned;
  // Another spelling may be no change to the provider.
  const same = planned === "none" && ({ effect: "none", atWorst: undefined } as const);
  const told = { verdict, arguments: changed.map((change) => ({ ...change, ...same })) };
  return { ...resource, ...told, cause: verdict === resource.verdict ? cause : undefined, source: "plan" };
}

/** The arguments that differ between both sides of a plan, with the effects that the provider gives them. */
function inPlan(block: Block, { change }: ResourceChange): ChangedArgument[] {
  const states = [valueOf(change.before), withUnknown(valueOf(change.after), valueOf(change.after_unknown))];
  const [before, after] = states.map((body) => block.with({ body: body as Values, ignoreChanges: [] }));
  const replaced = (change.replace_paths ?? []).map((path) => withoutIndices(path.join(".")));
  const marks = [change.before_sensitive, change.after_sensitive].map((marks) => valueOf(marks));
  const content = (value: Value) => (isZero(value ?? "") ? "" : stable(value));
  const differ = (old: Value, next: Value) => (content(old) === content(next) ? "no" : "yes");
  return changedArguments(before, after, differ).flatMap((one): ChangedArgument[] => {
    const { argument, effect } = one;
    const written = argument?.written ?? one.path;
    // A value that the provider computes, or computes anew, is no change that anybody asked for.
    const isComputed = argument?.isComputed && (one.after instanceof Unknown || block.type === MANIFEST);
    if (isComputed || (!argument && block.table.version !== undefined)) return [];
    const isReplaced = replaced.some((path) => isInside(written, path) || isInside(path, written));
    const ofName = marks.map((mark) => (isValues(mark) ? mark[stepsOf(written)[0]] : mark));
    const isSensitive = JSON.stringify(ofName).includes("true");
    return [{ ...one, effect: isReplaced ? "replace" : effect === "rotate" ? effect : "update", isSensitive }];
  });
}

/** The value after the change, with what is known after apply. */
function withUnknown(value: Value, unknown: Value): Value {
  if (unknown === true) return new Unknown("(known after apply)");
  if (Array.isArray(value) && Array.isArray(unknown)) return value.map((item, i) => withUnknown(item, unknown[i]));
  if (!isValues(unknown)) return value;
  const known = isValues(value) ? value : {};
  return { ...known, ...mapValues(unknown, (inside, name) => withUnknown(known[name], inside)) };
}
