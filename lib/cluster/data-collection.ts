/* eslint-disable @typescript-eslint/no-require-imports -- an import would load them for every app */

/** Returns the bindings of data collection, 800 KB that only monitored clusters need. */
export function dataCollection() {
  return {
    ...(require("@cdktf/provider-azurerm/lib/monitor-data-collection-endpoint") as Endpoint),
    ...(require("@cdktf/provider-azurerm/lib/monitor-data-collection-rule") as Rule),
    ...(require("@cdktf/provider-azurerm/lib/monitor-data-collection-rule-association") as Association),
  };
}

type Endpoint = typeof import("@cdktf/provider-azurerm/lib/monitor-data-collection-endpoint");
type Rule = typeof import("@cdktf/provider-azurerm/lib/monitor-data-collection-rule");
type Association = typeof import("@cdktf/provider-azurerm/lib/monitor-data-collection-rule-association");
