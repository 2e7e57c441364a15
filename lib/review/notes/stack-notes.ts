import satisfies from "semver/functions/satisfies";
import minVersion from "semver/ranges/min-version";
import validRange from "semver/ranges/valid";
import { asSemverRange, providerSchema } from "../../provider-schemas";
import type { StackConfiguration } from "../configuration";
import type { Declaration } from "../declaration";
import { Json, stable } from "../json";
import type { StackPlan } from "../plan";
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
  const change = `${code(provider)} goes from ${was} (${code(before!)}) to ${is} (${code(after!)})`;
  return is > was
    ? `${change}: read its upgrade guide first, as older versions cannot read the state that it writes`
    : `${change}: it may not be able to read the state that the newer version wrote`;
}

/** A version whose schema the project does not have is judged by another one. */
function judgeNote(provider: string, constraint: string | undefined): string | undefined {
  if (constraint === undefined || !providerSchema(provider, ">= 0")) return undefined;
  const judge = providerSchema(provider, constraint)?.version;
  if (judge === undefined)
    return `${code(provider)} ${code(constraint)} is not known to this review: what is written alike is taken to be alike`;
  return satisfies(judge, asSemverRange(constraint))
    ? undefined
    : `${code(provider)} ${code(constraint)} is judged by what version ${judge} does, which may differ`;
}

function sourceNote(provider: string, before: string | undefined, after: string | undefined): string | undefined {
  return before && after && before !== after
    ? `${code(provider)} comes from ${code(after)} instead of ${code(before)}`
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

/**
 * How a state is reached, in any backend. All else is taken to tell where it lies.
 *
 * Source: developer.hashicorp.com/terraform/language/backend
 */
const WAYS: readonly string[] = [
  "access_key",
  "sas_token",
  "use_azuread_auth",
  "use_cli",
  "use_msi",
  "msi_endpoint",
  "use_oidc",
  "oidc_token",
  "oidc_token_file_path",
  "oidc_request_url",
  "oidc_request_token",
  "ado_pipeline_service_connection_id",
  "client_id",
  "client_id_file_path",
  "client_secret",
  "client_secret_file_path",
  "client_certificate",
  "client_certificate_path",
  "client_certificate_password",
  "tenant_id",
  "metadata_host",
  "snapshot",
  "lookup_blob_endpoint",
  "timeout_seconds",
  "token",
  "username",
  "password",
  "secret_key",
  "profile",
  "assume_role",
  "encrypt",
  "kms_key_id",
  "use_lockfile",
  "dynamodb_table",
  "credentials",
  "access_token",
  "encryption_key",
  "retry_max",
  "retry_wait_min",
  "retry_wait_max",
  "lock_address",
  "lock_method",
  "unlock_address",
  "unlock_method",
];

/** What may be shown of the place; all else may be a secret. */
const SHOWN_PLACES: readonly string[] = [
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

function placeOf({ kind, config }: Backend): Json {
  return [kind, Object.entries<Json>(config).filter(([name]) => !WAYS.includes(name))];
}

function backendText({ kind, config }: Backend): string {
  return [code(kind), ...SHOWN_PLACES.filter((name) => name in config).map((name) => inOneLine(config[name]))].join(
    " ",
  );
}

/** What tells as whom and where a provider acts; all else may be a secret. */
const IDENTITIES = ["subscription_id", "tenant_id", "environment", "config_path", "config_context"];

function loginNotes(stack: string, before: StackConfiguration, after: StackConfiguration): string[] {
  const [old, next] = [before, after].map(({ providers }) => providersByName(providers));
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((provider) => {
    const [was, is] = [old.get(provider), next.get(provider)];
    const what = `provider ${code(provider)} of stack ${code(stack)}`;
    if (!was) return [`${what} is new`];
    if (!is) return [`${what} is taken away`];
    const names = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
      (name) => stable(was[name] ?? null) !== stable(is[name] ?? null),
    );
    const changes = names.map((name) =>
      IDENTITIES.includes(name)
        ? `${code(name)} ${inOneLine(was[name] ?? "")} → ${inOneLine(is[name] ?? "")}`
        : code(name),
    );
    return changes.length > 0 ? [`${what} is configured differently: ${changes.join(", ")}`] : [];
  });
}

/** Configurations by the names that resources call them, as in `azurerm` and `azurerm.other`. */
function providersByName(providers: StackConfiguration["providers"]): Map<string, Json> {
  return new Map(
    Object.entries(providers).flatMap(([provider, configs]) =>
      configs.map((config): [string, Json] => [config.alias ? `${provider}.${config.alias}` : provider, config]),
    ),
  );
}

function protectionNotes(plan: StackPlan): string[] {
  return plan.resources().flatMap(({ address, before, after, verdict }) => {
    if (before?.meta.preventDestroy && !after?.meta.preventDestroy) return [protectionIsGone(address, after)];
    if (after?.meta.preventDestroy && (verdict === "destroy" || verdict === "replace"))
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
