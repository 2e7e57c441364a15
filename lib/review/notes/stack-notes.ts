import minVersion from "semver/ranges/min-version";
import validRange from "semver/ranges/valid";
import { asSemverRange } from "../../provider-schemas";
import { Declaration, stable, StackConfiguration } from "../configuration";
import type { StackPlan } from "../plan";
import { code, enumerated, inOneLine } from "../text";

/** What a reviewer must know of a whole stack: where its state lies, and who carries out what it says. */
export function stackNotes(plan: StackPlan): string[] {
  const { name, before, after } = plan;
  if (!after) {
    return [
      `stack ${code(name)} is gone from the output, and what it made stays: run \`cdktf destroy ${name}\` before this change is merged, or keep the stack`,
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
      const notes = [majorNote(provider, old.version, version), sourceNote(provider, old.source, source)];
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

function sourceNote(provider: string, before: string | undefined, after: string | undefined): string | undefined {
  return before && after && before !== after
    ? `${provider} comes from ${code(after)} instead of ${code(before)}`
    : undefined;
}

function majorOf(constraint: string | undefined): number | undefined {
  const range = constraint === undefined ? undefined : asSemverRange(constraint);
  return range && validRange(range) ? minVersion(range)?.major : undefined;
}

function backendNotes(
  stack: string,
  { backend: before }: StackConfiguration,
  { backend: after }: StackConfiguration,
): string[] {
  if (stable(before) === stable(after)) return [];
  return [
    `the state of stack ${code(stack)} moves from ${backendText(before)} to ${backendText(after)}: ` +
      "run `terraform init -migrate-state` with it, or the next deployment knows of nothing and creates everything again",
  ];
}

/** What tells where a state is; all else may be a secret. */
const PLACES = [
  "path",
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

function backendText({ kind, config }: StackConfiguration["backend"]): string {
  const place = PLACES.filter((name) => config[name] !== undefined).map((name) => inOneLine(config[name]));
  return [code(kind), ...place].join(" ");
}

/** What tells as whom and where a provider acts; all else may be a secret. */
const IDENTITIES = ["subscription_id", "tenant_id", "environment", "host", "config_path", "config_context"];

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
