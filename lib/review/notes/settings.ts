import satisfies from "semver/functions/satisfies";
import { asSemverRange, factsIn, providerSchema } from "../../provider-schemas";
import { stable, Values } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { Block } from "../stack/block";
import type { Stack } from "../stack/stack";

/** Settings of backends and providers that may be shown: rows of `schemas/backends.json`, which says what each means. */
interface Shown {
  readonly ways: readonly string[];
  readonly shown: readonly string[];
  readonly identities: readonly string[];
}

/** What rules look at of a setting, by its kind and name. */
type Settings = Map<string, Values>;

/** A stack itself, its backend, and its providers, each as rules look at a resource; `changed` names what differs. */
export function settingsOf({ before, after }: StackPlan): PlannedResource[] {
  const [old, next] = [before, after].map((stack) => (stack ? settingsIn(stack) : new Map<string, Values>()));
  const both = [...new Set([...old.keys(), ...next.keys()])];
  // Of a stack that comes or goes there is nothing more to say than that.
  const told = before && after ? both : ["stack"];
  return told.map((address) => {
    const [was, is] = [old.get(address), next.get(address)];
    const changed = was && is && changedIn(was, is);
    const [before, after] = [was && blockOf(address, was), is && blockOf(address, { ...is, changed })];
    return {
      ...{ address, before, after, block: (after ?? before)! },
      verdict: !was ? "create" : is ? "update" : "destroy",
      arguments: [],
      source: "text",
    };
  });
}

function blockOf(address: string, values: Values): Block {
  const [type, name = ""] = address.split(" ");
  return new Block("module", type, name, { name, ...values });
}

/** Names of what differs, with values where they may be shown. */
function changedIn(before: Values, after: Values): string | undefined {
  const { identities } = factsIn<Shown>("backends.json");
  const names = Object.keys({ ...before, ...after }).filter((name) => stable(before[name]) !== stable(after[name]));
  const words = names.map((name) => {
    const [old, next] = [before, after].map((values) => values[name] ?? "nothing");
    return identities.includes(name) ? `${name} ${old} → ${next}` : name;
  });
  return words.length > 0 ? words.join(", ") : undefined;
}

function settingsIn({ backend, providers, requiredProviders }: Stack): Settings {
  const { ways, shown } = factsIn<Shown>("backends.json");
  // What is not known is the text of its expression.
  const { kind, config } = JSON.parse(stable(backend)) as { kind: string; config: Values };
  const place = Object.entries(config).filter(([name]) => !ways.includes(name));
  const words = [kind, ...shown.filter((name) => name in config).map((name) => config[name])].join(" ");
  const settings: Settings = new Map([["stack", {}]]);
  settings.set("backend", { place: stable({ kind, ...Object.fromEntries(place) }), words, config: stable(config) });
  for (const [name, required] of Object.entries(requiredProviders))
    settings.set(`provider ${name}`, requirement(name, required));
  for (const [provider, configs] of Object.entries(providers))
    for (const config of configs)
      settings.set(`configuration ${provider}${config.alias ? `.${config.alias}` : ""}`, JSON.parse(stable(config)));
  return settings;
}

/** What a stack requires of a provider, and by what that is judged here: `judge` if it is none of what is required. */
function requirement(provider: string, { version, source }: Stack["requiredProviders"][string]): Values {
  const judge = version ? providerSchema(provider, version)?.version : undefined;
  // The registry and the usual namespace may be left out.
  const path = source?.toLowerCase().replace("registry.terraform.io/", "");
  return {
    version,
    source: path && (path.includes("/") ? path : `hashicorp/${path}`),
    major: judge && parseInt(judge),
    judge: judge && !satisfies(judge, asSemverRange(version!)) ? judge : undefined,
    isUnknown: version !== undefined && !judge && providerSchema(provider, ">= 0") !== undefined,
  };
}
