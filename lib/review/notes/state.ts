import satisfies from "semver/functions/satisfies";
import minVersion from "semver/ranges/min-version";
import validRange from "semver/ranges/valid";
import { asSemverRange, factsIn, providerSchema } from "../../provider-schemas";
import type { Stack } from "../model/stack";
import { stable, Values } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { code, enumerated, inOneLine, Notes } from "./text";

/** What may be said of backends and providers: a row each of `schemas/backends.json`. */
interface Words {
  readonly ways: readonly string[];
  readonly shown: readonly string[];
  readonly identities: readonly string[];
}

/** What a reviewer must know of a whole stack: where its state lies, and who carries out what it says. */
export function stateNotes({ name, before, after }: StackPlan): string[] {
  if (!after)
    return [
      `stack ${code(name)} is gone from the output: its verdicts here are those of \`cdktf destroy ${name}\`, which has to be run before this change is merged, as no deployment destroys what the stack made`,
    ];
  return before ? [...backendNotes(before.stack, after.stack), ...loginNotes(before.stack, after.stack)] : [];
}

function backendNotes({ name, backend: old }: Stack, { backend: next }: Stack): string[] {
  if (stable(old) === stable(next)) return [];
  const { ways, shown } = factsIn<Words>("backends.json");
  const placeOf = ({ kind, config }: Stack["backend"]) =>
    stable([kind, ...Object.entries(config).filter(([name]) => !ways.includes(name))]);
  if (placeOf(old) === placeOf(next))
    return [`stack ${code(name)} reaches its state in another way: run \`terraform init -reconfigure\` with it`];
  const textOf = ({ kind, config }: Stack["backend"]) =>
    [code(kind), ...shown.filter((part) => part in config).map((part) => inOneLine(config[part]))].join(" ");
  return [
    `the state of stack ${code(name)} moves from ${textOf(old)} to ${textOf(next)}: deploy it once with \`cdktf deploy ${name} --migrate-state\`, or the next deployment knows of nothing and creates everything again`,
  ];
}

function loginNotes(before: Stack, after: Stack): string[] {
  const [old, next] = [before, after].map(providersByName);
  const { identities } = factsIn<Words>("backends.json");
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((provider) => {
    const [was, is] = [old.get(provider), next.get(provider)];
    const what = `provider ${code(provider)} of stack ${code(after.name)}`;
    if (!was || !is) return [`${what} is ${was ? "taken away" : "new"}`];
    const names = Object.keys({ ...was, ...is }).filter((name) => stable(was[name]) !== stable(is[name]));
    if (names.length === 0) return [];
    const changes = names.map((name) => {
      const values = `${inOneLine(was[name] ?? "")} → ${inOneLine(is[name] ?? "")}`;
      return identities.includes(name) ? `${code(name)} ${values}` : code(name);
    });
    const elsewhere = names.includes("subscription_id")
      ? "; data sources look in the other subscription and new resources come there, while those in the state stay where they are"
      : "";
    return [`${what} is configured differently: ${changes.join(", ")}${elsewhere}`];
  });
}

/** Configurations by the names that resources call them, as in `azurerm` and `azurerm.other`. */
function providersByName({ providers }: Stack): Map<string, Values> {
  return new Map(
    Object.entries(providers).flatMap(([provider, configs]) =>
      configs.map((config): [string, Values] => [config.alias ? `${provider}.${config.alias}` : provider, config]),
    ),
  );
}

export function protectionNote({ before, after, verdict }: PlannedResource, { name }: StackPlan): Notes {
  const [was, is] = [before, after].map((side) => side?.block.preventDestroy);
  if (was && !after) return ["`prevent_destroy` goes with it: nothing stops Terraform from destroying it"];
  if (was && !is) return ["it loses its `prevent_destroy`: from now on a plan may destroy it"];
  return [
    is &&
      verdict === "replace" &&
      `it has \`prevent_destroy\`, so Terraform refuses the whole plan of stack ${code(name)}`,
  ];
}

/** Providers that become others, once for all stacks that do the same. */
export function providerNotes(plans: readonly StackPlan[]): string[] {
  const stacksOf = new Map<string, string[]>();
  for (const { name, before, after } of plans) {
    for (const [provider, next] of Object.entries(after?.stack.requiredProviders ?? {})) {
      const old = before?.stack.requiredProviders[provider];
      if (!old) continue;
      const notes = [
        majorNote(provider, old.version, next.version),
        sourceNote(provider, old.source, next.source),
        judgeNote(provider, next.version),
      ];
      for (const note of notes) if (note) stacksOf.set(note, [...(stacksOf.get(note) ?? []), code(name)]);
    }
  }
  return [...stacksOf].map(
    ([note, stacks]) => `${note} (in ${stacks.length === 1 ? "stack" : "stacks"} ${enumerated(stacks)})`,
  );
}

function majorNote(provider: string, before = "", after = ""): string | undefined {
  const [was, is] = [before, after].map((constraint) => {
    const range = asSemverRange(constraint);
    return constraint && validRange(range) ? minVersion(range)?.major : undefined;
  });
  if (was === undefined || is === undefined || was === is) return undefined;
  const follows =
    is > was
      ? "read its upgrade guide first, as older versions cannot read the state that it writes"
      : "it may not be able to read the state that the newer version wrote";
  return `${code(provider)} goes from ${was} (${code(before)}) to ${is} (${code(after)}): ${follows}`;
}

/** A version whose schema the project does not have is judged by another one. */
function judgeNote(provider: string, constraint: string | undefined): string | undefined {
  if (constraint === undefined || !providerSchema(provider, ">= 0")) return undefined;
  const judge = providerSchema(provider, constraint)?.version;
  if (judge && satisfies(judge, asSemverRange(constraint))) return undefined;
  const how = judge
    ? `is judged by what version ${judge} does, which may differ`
    : "is not known to this review: what is written alike is taken to be alike";
  return `${code(provider)} ${code(constraint)} ${how}`;
}

/** A provider is the same whether its registry and its usual namespace are written or not. */
function sourceNote(provider: string, before: string | undefined, after: string | undefined): string | undefined {
  if (!before || !after) return undefined;
  const [old, next] = [before, after].map((source) =>
    source
      .toLowerCase()
      .replace(/^registry\.terraform\.io\//, "")
      .replace(/^hashicorp\//, ""),
  );
  return old === next ? undefined : `${code(provider)} comes from ${code(after)} instead of ${code(before)}`;
}
