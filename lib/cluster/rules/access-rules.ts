import { idFormOf } from "../../validation/azure-ids";
import type { Rule } from "../../validation/rule";

/** Scopes of roles that no resource has; those of a whole group or subscription serve as well. */
export const REGISTRY_RULES: readonly Rule<{ readonly registryId: string }>[] = [
  {
    when: ({ registryId }) => !/^\/subscriptions\/[^/]+/.test(registryId),
    message: ({ registryId }) =>
      `registryId "${registryId}" is not a resource id: write one such as ${idFormOf("Microsoft.ContainerRegistry/registries")}`,
    source: "learn.microsoft.com/azure/role-based-access-control/scope-overview",
  },
];
