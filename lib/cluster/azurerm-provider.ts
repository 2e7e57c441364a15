import * as bindings from "@cdktf/provider-azurerm/lib/provider";
import type { AzurermProviderConfig } from "@cdktf/provider-azurerm/lib/provider";
import { IConstruct } from "constructs";
import { boundArguments } from "../validation/bindings";
import { check } from "../validation/check";
import { checkProps, PropSpec } from "../validation/props";
import { AZURERM_PROVIDER_RULES } from "./rules/azurerm-provider-rules";

const REFUSED = { alias: "is not taken, because this is the stack's default provider: remove it" };

/**
 * Holds the configuration of a stack's azurerm provider to its names, types and rules.
 *
 * @param inside - name of the prop that the configuration is in
 * @param specs - props beside the configuration
 * @throws if an argument is not known, has another type or cannot work
 */
export function checkAzurermProvider(
  construct: IConstruct,
  config: Partial<AzurermProviderConfig>,
  inside?: string,
  specs: { readonly [name: string]: PropSpec } = {},
): void {
  const bound = boundArguments(bindings, "AzurermProvider");
  checkProps(construct, config, specs, { bound, refused: REFUSED, inside });
  check(construct, AZURERM_PROVIDER_RULES, { ...config, inside });
}
