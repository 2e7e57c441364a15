import satisfies from "semver/functions/satisfies";
import { asSemverRange, factsIn, providerSchema } from "../../provider-schemas";
import { withAddresses } from "../model/reference";
import { mapValues, stable, Value, Values, withoutNulls } from "../model/value";
import { planOf } from "../plan/plan";
import type { PlannedResource, StackPlan } from "../plan/verdict";
import { Block, Stack } from "../stack";
import { code, enumerated, textOf } from "./text";

/** A stack itself, its backend, its providers and their configurations, planned as modules are. */
export function settingsOf({ name, before, after }: StackPlan): PlannedResource[] {
  const { ways, identities } = factsIn<{ readonly [list: string]: readonly string[] }>("backends.json");
  const [old, next] = [before, after].map((stack) => stack && { ...stack, blocks: settingsIn(stack) });
  // Of a stack that comes or goes there is nothing more to say than that.
  const told = planOf(name, old, next).resources.filter(({ block }) => (before && after) || block.type === "stack");
  return told.map((setting) => {
    const changed = setting.arguments.map(({ path, before = "nothing", after = "nothing" }) =>
      identities.includes(path) ? `${path} ${before} → ${after}` : path,
    );
    const isMove = setting.arguments.some(({ path }) => !ways.includes(path));
    const body = { ...setting.after?.body, changed: changed.join(", "), isMove };
    return { ...setting, after: setting.after?.with({ body }) };
  });
}

function settingsIn({ backend: { kind, config }, providers, requiredProviders }: Stack): Map<string, Block> {
  const { shown } = factsIn<{ readonly [list: string]: readonly string[] }>("backends.json");
  const blocks: Block[] = [];
  // Each is a text, that of its expression or of its JSON, so that they can be compared and shown.
  const add = (type: string, name: string, values: Values) => {
    const texts = mapValues(withoutNulls(values), (value) => textOf(JSON.parse(stable(value))));
    blocks.push(new Block("module", type, name, { name, ...texts }));
  };
  add("stack", "", {});
  const place = shown.filter((name) => name in config).map((name) => textOf(config[name]));
  add("backend", "", { ...config, kind, words: [kind, ...place].join(" ") });
  for (const [name, required] of Object.entries(requiredProviders)) add("provider", name, requirement(name, required));
  for (const [name, configs] of Object.entries(providers))
    for (const config of configs) add("configuration", config.alias ? `${name}.${config.alias}` : name, config);
  return new Map(blocks.map((block) => [block.address, block]));
}

function requirement(provider: string, { version = ">= 0", source }: Stack["requiredProviders"][string]): Values {
  const judge = providerSchema(provider, version)?.version;
  // The registry and the usual namespace may be left out.
  const path = source?.toLowerCase().replace("registry.terraform.io/", "");
  return {
    version,
    source: path && (path.includes("/") ? path : `hashicorp/${path}`),
    major: judge && parseInt(judge),
    judge: judge && !satisfies(judge, asSemverRange(version)) ? judge : undefined,
    isUnknown: !judge && providerSchema(provider, ">= 0") !== undefined,
  };
}

/** A note on resources that have another address and are the same otherwise. */
export function moveNotes({ resources }: StackPlan): string[] {
  const gone = resources.flatMap(({ verdict, before }) => (verdict === "destroy" && before ? [before] : []));
  const come = resources.flatMap(({ verdict, after }) => (verdict === "create" && after ? [after] : []));
  const free = come.map((block) => ({ to: block.address, content: contentOf(block, new Map()) }));
  const moves = new Map<string, string>();
  // What refers to something that has moved is found in the next round.
  for (let found = -1; found < moves.size;) {
    found = moves.size;
    for (const block of gone.filter(({ address }) => !moves.has(address))) {
      const content = contentOf(block, moves);
      const i = free.findIndex((other) => other.content === content);
      if (i >= 0) moves.set(block.address, free.splice(i, 1)[0].to);
    }
  }
  // To move what a pool is replaced for and not the pool saves nothing.
  const lost = gone.filter(({ address }) => !moves.has(address));
  for (const { address } of lost.flatMap(({ replaceTriggeredBy }) => replaceTriggeredBy)) moves.delete(address);
  if (moves.size === 0) return [];
  const told = [...moves].map(([from, to]) => `${code(from)} is now ${code(to)}`);
  const way = "`moved` blocks or cdktf's `moveFromId` tell it so";
  return [`Terraform destroys and creates what only has another address, unless ${way}: ${enumerated(told, 3000)}`];
}

/** A block without its address, in which what it refers to has its new address. */
function contentOf(block: Block, moves: Map<string, string>): string {
  const content = { ...block, body: block.written, address: undefined, table: block.table.version, known: undefined };
  return withAddresses(stable(content as unknown as Value), (address) => moves.get(address) ?? address);
}
