import type { Rule } from "../../validation/rule";

/** Ids of what data of a cluster goes to. */
interface Destinations {
  readonly logAnalyticsWorkspaceId?: string;
  readonly monitorWorkspaceId?: string;
  readonly storageAccountId?: string;
  readonly eventhubAuthorizationRuleId?: string;
  readonly partnerSolutionId?: string;
}

/** Resource type of each; a partner's solution has one of its own. */
const TYPES: { readonly [argument in keyof Destinations]-?: string } = {
  logAnalyticsWorkspaceId: "Microsoft.OperationalInsights/workspaces",
  monitorWorkspaceId: "Microsoft.Monitor/accounts",
  storageAccountId: "Microsoft.Storage/storageAccounts",
  eventhubAuthorizationRuleId: "Microsoft.EventHub/namespaces",
  partnerSolutionId: "",
};

/** Ids that azurerm refuses. */
export const DESTINATION_RULES = Object.entries(TYPES).map(([argument, type]): Rule<Destinations> => {
  const name = argument as keyof Destinations;
  const form = new RegExp(`^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/${type}.`, "i");
  return {
    when: ({ [name]: id }) => id !== undefined && !form.test(id),
    message: ({ [name]: id }) =>
      `${name} "${id}" is not its resource id: write one such as /subscriptions/…/resourceGroups/…/providers/${type || "…"}/…`,
    source: "learn.microsoft.com/azure/azure-resource-manager/templates/template-functions-resource, resourceId",
  };
});
