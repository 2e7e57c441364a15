import satisfies from "semver/functions/satisfies";
import { asSemverRange, factsIn, providerSchema } from "../../provider-schemas";
import type { Stack } from "../model/stack";
import { stable, Values } from "../model/value";
import type { StackPlan } from "../plan/plan";
import { code, inOneLine, Notes } from "./text";

/** Settings of backends and providers that may be shown: rows of `schemas/backends.json`, which says what each means. */
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
  const [old, next] = [before.stack, after.stack];
  const required = Object.keys(next.requiredProviders).filter((provider) => old.requiredProviders[provider]);
  return [
    ...required.flatMap((provider) => requirementNotes(provider, old, next)),
    ...backendNotes(old, next),
    ...configurationNotes(old, next),
  ];
}

function requirementNotes(provider: string, before: Stack, after: Stack): Notes {
  const [old, next] = [before, after].map(({ requiredProviders }) => {
    const { version = "", source = "" } = requiredProviders[provider];
    const judge = version === "" ? undefined : providerSchema(provider, version)?.version;
    // The registry and the usual namespace may be left out.
    const name = source.toLowerCase().replace(/^(registry\.terraform\.io\/)?(hashicorp\/)?/, "");
    return { version, source, name, judge, major: parseInt(judge ?? "") };
  });
  const { version, judge } = next;
  const upgrade = `goes from ${old.major} (${code(old.version)}) to ${next.major} (${code(version)})`;
  const isKnown = version === "" || !providerSchema(provider, ">= 0") || judge;
  const notes = [
    Math.abs(old.major - next.major) > 0 &&
      `${upgrade}: read its upgrade guide first, as no older version reads the state that a newer one writes`,
    old.name && next.name && old.name !== next.name && `comes from ${code(next.source)} instead of ${code(old.source)}`,
    judge &&
      !satisfies(judge, asSemverRange(version)) &&
      `${code(version)} is judged by what version ${judge} does, which may differ`,
    !isKnown && `${code(version)} is not known to this review: what is written alike is taken to be alike`,
  ];
  return notes.map((note) => note && `${code(provider)} ${note}`);
}

function backendNotes({ name, backend: old }: Stack, { backend: next }: Stack): Notes {
  if (stable(old) === stable(next)) return [];
  const { ways, shown } = factsIn<Words>("backends.json");
  const placeOf = ({ kind, config }: Stack["backend"]) =>
    stable([kind, ...Object.entries(config).filter(([name]) => !ways.includes(name))]);
  if (placeOf(old) === placeOf(next))
    return ["its state is reached in another way: run `terraform init -reconfigure` with it"];
  const [from, to] = [old, next].map(({ kind, config }) =>
    [code(kind), ...shown.filter((part) => part in config).map((part) => inOneLine(config[part]))].join(" "),
  );
  return [
    `its state moves from ${from} to ${to}: deploy it once with \`cdktf deploy ${name} --migrate-state\`, or the next deployment knows of nothing and creates everything again`,
  ];
}

function configurationNotes(before: Stack, after: Stack): Notes {
  const [old, next] = [before, after].map(configurationsOf);
  const { identities } = factsIn<Words>("backends.json");
  return Object.keys({ ...old, ...next }).map((provider) => {
    const [was, is] = [old[provider], next[provider]];
    if (!was || !is) return `provider ${code(provider)} is ${was ? "taken away" : "new"}`;
    const names = Object.keys({ ...was, ...is }).filter((name) => stable(was[name]) !== stable(is[name]));
    if (names.length === 0) return false;
    const changes = names.map((name) =>
      identities.includes(name) ? `${code(name)} ${inOneLine(was[name])} → ${inOneLine(is[name])}` : code(name),
    );
    const elsewhere =
      "; data sources look in the other subscription and new resources come there, while those in the state stay where they are";
    return `provider ${code(provider)} is configured differently: ${changes.join(", ")}${names.includes("subscription_id") ? elsewhere : ""}`;
  });
}

/** By the names that resources call them, as in `azurerm` and `azurerm.other`. */
function configurationsOf({ providers }: Stack): { readonly [provider: string]: Values } {
  const all = Object.entries(providers).flatMap(([provider, configs]) =>
    configs.map((config) => [config.alias ? `${provider}.${config.alias}` : provider, config]),
  );
  return Object.fromEntries(all);
}
