/** Names that Kubernetes accepts. Source: kubernetes.io/docs/concepts/overview/working-with-objects/names. */

/** A part of a name: lowercase letters, digits and hyphens, at most 63. */
const LABEL = "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?";
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const VALUE = "[A-Za-z0-9]([-\\w.]{0,61}[A-Za-z0-9])?";

/** A name as of namespaces: 1 to 63 characters. */
export const DNS_LABEL = new RegExp(`^${LABEL}$`);

/** A name as of runtime classes: labels joined by dots, 253 characters at most. */
export const DNS_SUBDOMAIN = new RegExp(`^(?=.{1,253}$)${SUBDOMAIN}$`);

/** The key of a label or annotation: a name of 63 characters at most, with a subdomain before a slash or without. */
export const LABEL_KEY = new RegExp(`^(${SUBDOMAIN}/)?${VALUE}$`);

/** The value of a label: 63 characters at most, or empty. */
export const LABEL_VALUE = new RegExp(`^(${VALUE})?$`);

/** A taint, as in `dedicated=pod-sandboxing:NoSchedule`. */
export const TAINT = new RegExp(`^(${SUBDOMAIN}/)?${VALUE}(=(${VALUE})?)?:(NoSchedule|PreferNoSchedule|NoExecute)$`);
