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
  const required = Object.keys(next.requiredProviders).filter((provider) => provider in old.requiredProviders);
  const configured = Object.keys({ ...configurationsOf(old), ...configurationsOf(next) });
  return [
    ...required.flatMap((provider) => requirementNotes(provider, old, next)),
    backendNote(old, next),
    ...configured.map((provider) => configurationNote(provider, configurationsOf(old), configurationsOf(next))),
  ];
}

/** Names of the values that differ. */
function differing(before: Values, after: Values): string[] {
  return Object.keys({ ...before, ...after }).filter((name) => stable(before[name]) !== stable(after[name]));
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
  const isUnknown = version !== "" && !judge && providerSchema(provider, ">= 0") !== undefined;
  const notes = [
    Math.abs(old.major - next.major) > 0 &&
      `${upgrade}: read its upgrade guide first, as no older version reads the state that a newer one writes`,
    old.name && next.name && old.name !== next.name && `comes from ${code(next.source)} instead of ${code(old.source)}`,
    judge &&
      !satisfies(judge, asSemverRange(version)) &&
      `${code(version)} is judged by what version ${judge} does, which may differ`,
    isUnknown && `${code(version)} is not known to this review: what is written alike is taken to be alike`,
  ];
  return notes.map((note) => note && `${code(provider)} ${note}`);
}

function backendNote({ name, backend: old }: Stack, { backend: next }: Stack): string | undefined {
  const { ways, shown } = factsIn<Words>("backends.json");
  const names = differing(old.config, next.config);
  if (old.kind === next.kind && names.length === 0) return undefined;
  if (old.kind === next.kind && names.every((name) => ways.includes(name)))
    return "its state is reached in another way: run `terraform init -reconfigure` with it";
  const [from, to] = [old, next].map(({ kind, config }) =>
    [code(kind), ...shown.filter((part) => part in config).map((part) => inOneLine(config[part]))].join(" "),
  );
  return `its state moves from ${from} to ${to}: deploy it once with \`cdktf deploy ${name} --migrate-state\`, or the next deployment knows of nothing and creates everything again`;
}

type Configurations = { readonly [provider: string]: Values };

function configurationNote(provider: string, before: Configurations, after: Configurations): string | undefined {
  const [old, next] = [before[provider], after[provider]];
  if (!old || !next) return `provider ${code(provider)} is ${old ? "taken away" : "new"}`;
  const names = differing(old, next);
  if (names.length === 0) return undefined;
  const { identities } = factsIn<Words>("backends.json");
  const changes = names.map((name) =>
    identities.includes(name) ? `${code(name)} ${inOneLine(old[name])} → ${inOneLine(next[name])}` : code(name),
  );
  const elsewhere =
    "; data sources look in the other subscription and new resources come there, while those in the state stay where they are";
  return `provider ${code(provider)} is configured differently: ${changes.join(", ")}${names.includes("subscription_id") ? elsewhere : ""}`;
}

/** By the names that resources call them, as in `azurerm` and `azurerm.other`. */
function configurationsOf({ providers }: Stack): Configurations {
  const all = Object.entries(providers).flatMap(([provider, configs]) =>
    configs.map((config) => [config.alias ? `${provider}.${config.alias}` : provider, config]),
  );
  return Object.fromEntries(all);
}
