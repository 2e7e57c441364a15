/** Places that several rules cite. */
const AZURERM = "hashicorp/terraform-provider-azurerm v4.81.0, internal/services/containers";

export const AZURERM_CLUSTER = `${AZURERM}/kubernetes_cluster_resource.go`;
export const AZURERM_POOL_RESOURCE = `${AZURERM}/kubernetes_cluster_node_pool_resource.go`;
export const AZURERM_POOL = `${AZURERM}/kubernetes_nodepool.go`;
export const AZURERM_POOL_NAME = `${AZURERM}/validate/kubernetes_agent_pool_name.go`;
export const AZURERM_CLUSTER_DOCS =
  "hashicorp/terraform-provider-azurerm v4.81.0, website/docs/r/kubernetes_cluster.html.markdown";
