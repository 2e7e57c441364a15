/** Meta-arguments that clusters and node pools do not take, and `id`, which the bindings offer. */
export type RefusedProps = "id" | "count" | "forEach" | "connection" | "provisioners";

const NO_INDEX =
  "is not taken, because node pools and the sandbox stack refer to an address without an index: call the constructor in a loop";
const NO_LOGIN = "is not taken, because Terraform logs in to no node of AKS: remove it";

/** The reasons, and the remedies. */
export const REFUSED_PROPS: { readonly [name in RefusedProps]: string } = {
  id: "is not taken, because Azure makes it of the names: remove it",
  count: NO_INDEX,
  forEach: NO_INDEX,
  connection: NO_LOGIN,
  provisioners: NO_LOGIN,
};
