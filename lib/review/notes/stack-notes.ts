import satisfies from "semver/functions/satisfies";
import minVersion from "semver/ranges/min-version";
import validRange from "semver/ranges/valid";
import { asSemverRange, providerSchema } from "../../provider-schemas";
import { Declaration, stable, StackConfiguration } from "../configuration";
import type { StackPlan } from "../plan";
import type { Json } from "../synth-output";
import { code, enumerated, inOneLine } from "../text";

/** What a reviewer must know of a whole stack: where its state lies, and who carries out what it says. */
export function stackNotes(plan: StackPlan): string[] {
  const { name, before, after } = plan;
  if (!after) {
    return [
      `stack ${code(name)} is gone from the output: its verdicts here are those of \`cdktf destroy ${name}\`, which has to be run before this change is merged, as no deployment destroys what the stack made`,
    ];
  }
  if (!before) return [];
  return [...backendNotes(name, before, after), ...loginNotes(name, before, after), ...protectionNotes(plan)];
}

/** Providers that become others, once for all stacks that do the same. */
export function providerNotes(plans: readonly StackPlan[]): string[] {
  const stacksOf = new Map<string, string[]>();
  for (const { name, before, after } of plans) {
    for (const [provider, { source, version }] of Object.entries(after?.requiredProviders ?? {})) {
      const old = before?.requiredProviders[provider];
      if (!old) continue;
      const notes = [
        majorNote(provider, old.version, version),
        sourceNote(provider, old.source, source),
        judgeNote(provider, version),
      ];
      for (const note of notes.filter((note) => note !== undefined))
        stacksOf.set(note, [...(stacksOf.get(note) ?? []), code(name)]);
    }
  }
  return [...stacksOf].map(
    ([note, stacks]) => `${note} (in ${stacks.length === 1 ? "stack" : "stacks"} ${enumerated(stacks)})`,
  );
}

function majorNote(provider: string, before: string | undefined, after: string | undefined): string | undefined {
  const [was, is] = [majorOf(before), majorOf(after)];
  if (was === undefined || is === undefined || was === is) return undefined;
  const change = `${provider} goes from ${was} (${code(before!)}) to ${is} (${code(after!)})`;
  return is > was
    ? `${change}: read its upgrade guide first, as older versions cannot read the state that it writes`
    : `${change}: it may not be able to read the state that the newer version wrote`;
}

/** A version whose schema the project does not have is judged by another one. */
function judgeNote(provider: string, constraint: string | undefined): string | undefined {
  const judge = constraint === undefined ? undefined : providerSchema(provider, constraint)?.version;
  return judge === undefined || satisfies(judge, asSemverRange(constraint!))
    ? undefined
    : `${provider} ${code(constraint!)} is judged by what version ${judge} does, which may differ`;
}

function sourceNote(provider: string, before: string | undefined, after: string | undefined): string | undefined {
  return before && after && before !== after
    ? `${provider} comes from ${code(after)} instead of ${code(before)}`
    : undefined;
}

function majorOf(constraint: string | undefined): number | undefined {
  const range = constraint === undefined ? undefined : asSemverRange(constraint);
  return range && validRange(range) ? minVersion(range)?.major : undefined;
}

function backendNotes(stack: string, before: StackConfiguration, after: StackConfiguration): string[] {
  const [old, next] = [before.backend, after.backend];
  if (stable(old) === stable(next)) return [];
  if (stable(placeOf(old)) === stable(placeOf(next)))
    return [`stack ${code(stack)} reaches its state in another way: run \`terraform init -reconfigure\` with it`];
  return [
    `the state of stack ${code(stack)} moves from ${backendText(old)} to ${backendText(next)}: ` +
      "run `terraform init -migrate-state` with it, or the next deployment knows of nothing and creates everything again",
  ];
}

/** What tells where a state is; all else may be a secret. */
const PLACES = [
  "path",
  "workspace_dir",
  "subscription_id",
  "resource_group_name",
  "storage_account_name",
  "container_name",
  "key",
  "hostname",
  "organization",
  "workspaces",
  "bucket",
  "prefix",
  "region",
];

type Backend = StackConfiguration["backend"];

function placeOf({ kind, config }: Backend): Json[] {
  return [kind, ...PLACES.map((name) => config[name] ?? null)];
}

function backendText(backend: Backend): string {
  const [kind, ...place] = placeOf(backend).filter((part) => part !== null);
  return [code(kind), ...place.map(inOneLine)].join(" ");
}

/** What tells as whom and where a provider acts; all else may be a secret. */
const IDENTITIES = ["subscription_id", "tenant_id", "environment", "config_path", "config_context"];

function loginNotes(stack: string, before: StackConfiguration, after: StackConfiguration): string[] {
  const [old, next] = [before.providers, after.providers];
  return Object.keys(next).flatMap((provider) => {
    if (!old[provider] || stable(old[provider]) === stable(next[provider])) return [];
    const [was, is] = [old[provider][0] ?? {}, next[provider][0] ?? {}];
    const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
      (name) => stable(was[name] ?? null) !== stable(is[name] ?? null),
    );
    const changes = names.map((name) =>
      IDENTITIES.includes(name)
        ? `${code(name)} ${inOneLine(was[name] ?? "")} → ${inOneLine(is[name] ?? "")}`
        : code(name),
    );
    return [
      `provider ${provider} of stack ${code(stack)} is configured differently: ${changes.join(", ") || "another one is added or taken away"}`,
    ];
  });
}

function protectionNotes(plan: StackPlan): string[] {
  return plan.resources().flatMap(({ address, before, after, verdict }) => {
    if (before?.meta.preventDestroy && !after?.meta.preventDestroy) return [protectionIsGone(address, after)];
    if (after?.meta.preventDestroy && verdict === "replace")
      return [
        `${code(address)} has \`prevent_destroy\`, so Terraform refuses the whole plan of stack ${code(plan.name)}`,
      ];
    return [];
  });
}

function protectionIsGone(address: string, after: Declaration | undefined): string {
  return after
    ? `${code(address)} loses its \`prevent_destroy\`: from now on a plan may destroy it`
    : `${code(address)} had \`prevent_destroy\`, which goes with it: nothing stops Terraform from destroying it`;
}
