import type { AzurermProviderConfig } from "@cdktf/provider-azurerm/lib/provider";
import { GUID } from "../../validation/azure-ids";
import type { Rule } from "../../validation/rule";

/** Configuration of an azurerm provider, and the prop that it is in. */
interface ProviderInput extends Partial<AzurermProviderConfig> {
  readonly inside?: string;
}

const AZURERM_PROVIDER = "hashicorp/terraform-provider-azurerm v4.81.0, website/docs/index.html.markdown";

const REGISTRATIONS = ["core", "extended", "all", "none", "legacy"];

/** Configurations of the azurerm provider with which Terraform cannot log in. */
export const AZURERM_PROVIDER_RULES: readonly Rule<ProviderInput>[] = [
  {
    when: ({ subscriptionId: id }) => id !== undefined && id !== null && !GUID.test(id),
    message: ({ inside, subscriptionId }) =>
      `${at(inside)}subscriptionId "${subscriptionId}" is not the id of a subscription: write the one that az account show --query id prints`,
    source: AZURERM_PROVIDER,
  },
  {
    // a tenant can be named by a domain, too
    when: ({ tenantId: id }) => id !== undefined && id !== null && !GUID.test(id) && !id.includes("."),
    message: ({ inside, tenantId }) =>
      `${at(inside)}tenantId "${tenantId}" is not the id of a tenant: write the one that az account show --query tenantId prints`,
    source: AZURERM_PROVIDER,
  },
  {
    when: ({ clientId: id }) => id !== undefined && id !== null && !GUID.test(id),
    message: ({ inside, clientId }) =>
      `${at(inside)}clientId "${clientId}" is not the id of an application: write its application (client) id`,
    source: AZURERM_PROVIDER,
  },
  {
    when: ({ resourceProviderRegistrations: set }) => set !== undefined && set !== null && !REGISTRATIONS.includes(set),
    message: ({ inside, resourceProviderRegistrations: set }) =>
      `${at(inside)}resourceProviderRegistrations "${set}" is not known to azurerm: write core, extended, all, none or legacy`,
    source: AZURERM_PROVIDER,
  },
  {
    when: ({ inside, features }) => inside !== undefined && (features === undefined || features === null),
    message: ({ inside }) => `${at(inside)}features is missing: write features: [{}] for azurerm's own`,
    source: AZURERM_PROVIDER,
  },
];

function at(inside: string | undefined): string {
  return inside === undefined ? "" : `${inside}.`;
}
