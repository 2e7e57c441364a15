import satisfies from "semver/functions/satisfies";
import minVersion from "semver/ranges/min-version";
import validRange from "semver/ranges/valid";
import { asSemverRange, factsIn, providerSchema } from "../../provider-schemas";
import type { Stack } from "../model/stack";
import { stable, Values } from "../model/value";
import type { StackPlan } from "../plan/plan";
import { code, inOneLine, Notes } from "./text";

/** What may be said of backends and providers: a row each of `schemas/backends.json`. */
interface Words {
  readonly ways: readonly string[];
  readonly shown: readonly string[];
  readonly identities: readonly string[];
}

/** Notes on a whole stack: where its state lies, and who carries out what it says. */
export function stateNotes({ name, before, after }: StackPlan): Notes {
  if (!after)
    return [
      `it is gone from the output: its verdicts here are those of \`cdktf destroy ${name}\`, which has to be run before this change is merged, as no deployment destroys what the stack made`,
    ];
  if (!before) return [];
  const required = Object.entries(after.stack.requiredProviders).flatMap(([provider, next]) => {
    const old = before.stack.requiredProviders[provider];
    if (!old) return [];
    const { version, source } = next;
    return [
      majorNote(provider, old.version, version),
      sourceNote(provider, old.source, source),
      judgeNote(provider, version),
    ];
  });
  return [...required, ...backendNotes(before.stack, after.stack), ...loginNotes(before.stack, after.stack)];
}

function majorNote(provider: string, before = "", after = ""): string | false {
  const [was, is] = [before, after].map((constraint) => {
    const range = asSemverRange(constraint);
    return constraint && validRange(range) ? minVersion(range)?.major : undefined;
  });
  if (was === undefined || is === undefined || was === is) return false;
  const follows =
    is > was
      ? "read its upgrade guide first, as older versions cannot read the state that it writes"
      : "it may not be able to read the state that the newer version wrote";
  return `${code(provider)} goes from ${was} (${code(before)}) to ${is} (${code(after)}): ${follows}`;
}

/** A provider is the same whether its registry and its usual namespace are written or not. */
function sourceNote(provider: string, before = "", after = ""): string | false {
  const [old, next] = [before, after].map((source) =>
    source.toLowerCase().replace(/^(registry\.terraform\.io\/)?(hashicorp\/)?/, ""),
  );
  return !!old && !!next && old !== next && `${code(provider)} comes from ${code(after)} instead of ${code(before)}`;
}

/** A version whose schema the project does not have is judged by another one. */
function judgeNote(provider: string, constraint: string | undefined): string | false {
  if (constraint === undefined || !providerSchema(provider, ">= 0")) return false;
  const judge = providerSchema(provider, constraint)?.version;
  if (judge && satisfies(judge, asSemverRange(constraint))) return false;
  const how = judge
    ? `is judged by what version ${judge} does, which may differ`
    : "is not known to this review: what is written alike is taken to be alike";
  return `${code(provider)} ${code(constraint)} ${how}`;
}

function backendNotes({ name, backend: old }: Stack, { backend: next }: Stack): Notes {
  const { ways, shown } = factsIn<Words>("backends.json");
  const placeOf = ({ kind, config }: Stack["backend"]) =>
    stable([kind, ...Object.entries(config).filter(([name]) => !ways.includes(name))]);
  const textOf = ({ kind, config }: Stack["backend"]) =>
    [code(kind), ...shown.filter((part) => part in config).map((part) => inOneLine(config[part]))].join(" ");
  if (placeOf(old) !== placeOf(next))
    return [
      `its state moves from ${textOf(old)} to ${textOf(next)}: deploy it once with \`cdktf deploy ${name} --migrate-state\`, or the next deployment knows of nothing and creates everything again`,
    ];
  return [
    stable(old.config) !== stable(next.config) &&
      "its state is reached in another way: run `terraform init -reconfigure` with it",
  ];
}

function loginNotes(before: Stack, after: Stack): Notes {
  const [old, next] = [before, after].map(providersByName);
  const { identities } = factsIn<Words>("backends.json");
  return [...new Set([...old.keys(), ...next.keys()])].map((provider) => {
    const [was, is] = [old.get(provider), next.get(provider)];
    if (!was || !is) return `provider ${code(provider)} is ${was ? "taken away" : "new"}`;
    const names = Object.keys({ ...was, ...is }).filter((name) => stable(was[name]) !== stable(is[name]));
    const changes = names.map((name) => {
      const values = `${inOneLine(was[name] ?? "")} → ${inOneLine(is[name] ?? "")}`;
      return identities.includes(name) ? `${code(name)} ${values}` : code(name);
    });
    const elsewhere = names.includes("subscription_id")
      ? "; data sources look in the other subscription and new resources come there, while those in the state stay where they are"
      : "";
    return (
      names.length > 0 && `provider ${code(provider)} is configured differently: ${changes.join(", ")}${elsewhere}`
    );
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
