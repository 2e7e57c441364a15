import satisfies from "semver/functions/satisfies";
import { asSemverRange, factsIn, providerSchema } from "../../provider-schemas";
import { argumentsOf } from "../facts/arguments";
import { blockOf, Stack } from "../model/stack";
import { stable, Values } from "../model/value";
import type { PlannedResource, StackPlan } from "../plan/plan";
import { Side } from "../plan/side";

/** Settings of backends and providers that may be shown: rows of `schemas/backends.json`, which says what each means. */
interface Words {
  readonly ways: readonly string[];
  readonly shown: readonly string[];
  readonly identities: readonly string[];
}

/** A stack itself, its backend, and its providers, each as rules look at a resource; `changed` names what differs. */
export function settingsOf({ name, before, after }: StackPlan): PlannedResource[] {
  const settingsIn = (stack: Stack): [string, Values][] => [[`stack ${name}`, {}], ...inStack(stack)];
  const [old, next] = [before, after].map((side) => new Map(side ? settingsIn(side.stack) : []));
  // Of a stack that comes or goes there is nothing more to say than that.
  const all = before && after ? [...new Set([...old.keys(), ...next.keys()])] : [`stack ${name}`];
  return all.map((address) => {
    const [was, is] = [old.get(address), next.get(address)];
    const sides = {
      before: was && sideOf(address, was),
      after: is && sideOf(address, { ...is, ...changedIn(was, is) }),
    };
    return { address, ...sides, verdict: !was ? "create" : is ? "update" : "destroy", arguments: [], source: "text" };
  });
}

/** Names of what differs, with values where they may be shown. */
function changedIn(before: Values = {}, after: Values = {}): Values {
  const { identities } = factsIn<Words>("backends.json");
  const names = Object.keys({ ...before, ...after }).filter((name) => stable(before[name]) !== stable(after[name]));
  const words = names.map((name) => {
    const [old, next] = [before, after].map((values) => values[name] ?? "nothing");
    return identities.includes(name) ? `${name} ${old} → ${next}` : name;
  });
  return words.length > 0 ? { changed: words.join(", ") } : {};
}

function sideOf(address: string, values: Values): Side {
  const [type, name] = address.split(" ");
  const block = blockOf("resource", type, name, { name, ...values }, {});
  return new Side(block, argumentsOf({ kind: "module", type }));
}

/** Values by kind and name; what is not known is the text of its expression. */
function inStack({ backend, providers, requiredProviders }: Stack): [string, Values][] {
  const { ways, shown } = factsIn<Words>("backends.json");
  const { kind, config } = JSON.parse(stable(backend)) as { kind: string; config: Values };
  const place = Object.entries(config).filter(([name]) => !ways.includes(name));
  const words = [kind, ...shown.filter((name) => name in config).map((name) => config[name])].join(" ");
  const configured = Object.entries(providers).flatMap(([provider, configs]) =>
    configs.map((config): [string, Values] => {
      const name = config.alias ? `${provider}.${config.alias}` : provider;
      return [`configuration ${name}`, JSON.parse(stable(config))];
    }),
  );
  return [
    ["backend", { place: stable({ kind, ...Object.fromEntries(place) }), words, config: stable(config) }],
    ...Object.keys(requiredProviders).map((provider): [string, Values] => {
      return [`provider ${provider}`, requirement(provider, requiredProviders[provider])];
    }),
    ...configured,
  ];
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
