import minVersion from "semver/ranges/min-version";
import validRange from "semver/ranges/valid";
import { asSemverRange } from "../../provider-schemas";
import { Declaration, mapValues, stable, StackConfiguration } from "../configuration";
import type { StackPlan } from "../plan";
import { code, inOneLine } from "../text";

/** What a reviewer must know of a whole stack: where its state lies, and who carries out what it says. */
export function stackNotes(plan: StackPlan): string[] {
  const { name, before, after } = plan;
  if (!after) {
    return [
      `stack ${code(name)} is gone from the output, and what it made stays: run \`cdktf destroy ${name}\` before this change is merged, or keep the stack`,
    ];
  }
  if (!before) return [];
  return [
    ...providerNotes(name, before, after),
    ...backendNotes(name, before, after),
    ...loginNotes(name, before, after),
    ...protectionNotes(plan),
  ];
}

function providerNotes(stack: string, before: StackConfiguration, after: StackConfiguration): string[] {
  return Object.entries(after.requiredProviders).flatMap(([provider, { source, version }]) => {
    const old = before.requiredProviders[provider];
    if (!old) return [];
    const notes: string[] = [];
    const [was, is] = [majorOf(old.version), majorOf(version)];
    if (was !== undefined && is !== undefined && was !== is) {
      const direction =
        is > was
          ? "read its upgrade guide first, as there is no way back for the state"
          : "which cannot read the state that the newer one wrote";
      notes.push(
        `stack ${code(stack)} goes from ${provider} ${was} (${code(old.version!)}) to ${provider} ${is} (${code(version!)}): ${direction}`,
      );
    }
    if (old.source !== source && old.source && source)
      notes.push(`stack ${code(stack)} takes provider ${provider} from ${code(source)} instead of ${code(old.source)}`);
    return notes;
  });
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
  const withoutComments = (configs: StackConfiguration["providers"]) => mapValues(configs, (list) => list);
  const [old, next] = [withoutComments(before.providers), withoutComments(after.providers)];
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
