/** The types of resources that the review has words and rules of its own for, as azurerm and kubernetes call them. */
export const CLUSTER = "azurerm_kubernetes_cluster";
export const NODE_POOL = "azurerm_kubernetes_cluster_node_pool";
export const RESOURCE_GROUP = "azurerm_resource_group";
export const NAMESPACE = "kubernetes_namespace_v1";
export const RUNTIME_CLASS = "kubernetes_runtime_class_v1";
export const MANIFEST = "kubernetes_manifest";
