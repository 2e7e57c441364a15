/**
 * Meta-arguments that clusters and node pools do not take: pools and the sandbox stack refer to one cluster by its
 * address, which has an index as soon as it is counted, and AKS nodes cannot be provisioned over a connection.
 */
export type UnsupportedMetaArguments = "count" | "forEach" | "connection" | "provisioners";
