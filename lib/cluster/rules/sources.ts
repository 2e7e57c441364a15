/** Places that several rules cite. */
const SERVICES = "hashicorp/terraform-provider-azurerm v4.81.0, internal/services";
const AZURERM = `${SERVICES}/containers`;

export const AZURERM_CLUSTER = `${AZURERM}/kubernetes_cluster_resource.go`;
export const AZURERM_POOL_RESOURCE = `${AZURERM}/kubernetes_cluster_node_pool_resource.go`;
export const AZURERM_POOL = `${AZURERM}/kubernetes_nodepool.go`;
export const AZURERM_POOL_NAME = `${AZURERM}/validate/kubernetes_agent_pool_name.go`;
export const AZURERM_DIAGNOSTIC_SETTING = `${SERVICES}/monitor/monitor_diagnostic_setting_resource.go`;
export const AZURERM_COLLECTION_RULE = `${SERVICES}/monitor/monitor_data_collection_rule_resource.go`;
export const AZURERM_CLUSTER_DOCS =
  "hashicorp/terraform-provider-azurerm v4.81.0, website/docs/r/kubernetes_cluster.html.markdown";
