import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import { check } from "../validation/check";
import type { DeclaredNamespace } from "./declared-namespace";
import { POD_SECURITY_PREFIX } from "./restricted-namespace";
import { DECLARED_CHECK_RULES, DECLARED_CLASS_RULES, DECLARED_NAMESPACE_RULES } from "./rules/sandbox-rules";
import type { Sandbox } from "./sandbox";

/**
 * Holds a sandbox to what can be told only when everything is declared, and makes tenants' namespaces depend on all
 * isolation checks.
 *
 * @throws if a class has no node pool, or a namespace or check no class
 */
export function prepareSandbox(sandbox: Sandbox): void {
  const { cluster, runtimeClasses, namespaces, checks, allowBuiltInRuntimeClass } = sandbox;
  for (const runtimeClass of runtimeClasses)
    check(runtimeClass, DECLARED_CLASS_RULES, {
      name: runtimeClass.runtimeClassName,
      canHaveNodes: cluster.isExisting || cluster.kataNodePools.length > 0,
    });
  for (const namespace of namespaces)
    check(namespace, DECLARED_NAMESPACE_RULES, {
      name: namespace.name,
      containerMemory: namespace.containerMemory,
      podSecurity: podSecurityOf(namespace),
      admitsBuiltInClass: allowBuiltInRuntimeClass,
      podMemories: runtimeClasses.map(({ podMemory }) => podMemory),
      checks: checks.length,
    });
  for (const isolationCheck of checks)
    check(isolationCheck, DECLARED_CHECK_RULES, { runtimeClasses: runtimeClasses.length });

  const jobs = checks.flatMap((isolationCheck) => isolationCheck.addJobs());
  for (const namespace of namespaces) namespace.createAfter([...sandbox.policy.parts, ...jobs]);
}

/** The level that is written in the end, after what the app did to the resource. */
function podSecurityOf({ resource }: DeclaredNamespace): string | undefined {
  const resolver = new DefaultTokenResolver(new StringConcat());
  const written = Tokenization.resolve(resource.toTerraform(), { scope: resource, resolver, preparing: false });
  const { metadata } = written.resource[resource.terraformResourceType][resource.friendlyUniqueId];
  const { labels } = [metadata].flat()[0];
  return typeof labels === "object" ? labels[`${POD_SECURITY_PREFIX}enforce`] : labels;
}
