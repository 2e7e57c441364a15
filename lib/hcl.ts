/**
 * HCL as cdktf 0.21 writes it, with the quotes taken off strings that are one expression (`"${a.b}"` becomes `a.b`, as
 * `terraform fmt` wants it) and off the references in `depends_on`. Here documents stay as they are.
 */
export function withBareExpressions(hcl: string): string {
  let endOfDocument: string | undefined;
  let inDependsOn = false;
  return hcl
    .split("\n")
    .map((line) => {
      if (endOfDocument !== undefined) {
        if (line.trim() === endOfDocument) endOfDocument = undefined;
        return line;
      }
      endOfDocument = /<<-?(\w+)$/.exec(line)?.[1];
      inDependsOn = /^\s*depends_on = \[$/.test(line) || (inDependsOn && line.trim() !== "]");
      if (inDependsOn) return line.replace(/^(\s*)"([\w.-]+)"(,?)$/, "$1$2$3");
      const [, before, expression, after] = /^(\s*|[^"=]*= |\s*"[^"]*" = )"\$\{(.*)\}"(,?)$/.exec(line) ?? [];
      return expression !== undefined && isOneExpression(expression) ? before + expression + after : line;
    })
    .join("\n");
}

/** Whether the text between the first `${` and the last `}` of a string is one expression, as in no `a} and ${b`. */
function isOneExpression(text: string): boolean {
  const outsideOfStrings = text.replace(/"(?:[^"\\]|\\.)*"/g, "");
  let depth = 0;
  for (const character of outsideOfStrings) {
    if (character === "{") depth++;
    if (character === "}" && --depth < 0) return false;
  }
  return depth === 0;
}

/** A resource as cdktf hands it to its HCL writer. */
interface ResourceFragment {
  readonly resource?: { readonly [type: string]: { readonly [id: string]: { [attribute: string]: unknown } } };
}

interface Lifecycle {
  readonly [argument: string]: unknown;
}

/**
 * Writes the meta-arguments of a resource as HCL wants them: references bare, conditions as blocks.
 *
 * cdktf 0.21 quotes all references, which Terraform refuses in `replace_triggered_by` and for `ignore_changes = all`,
 * and writes conditions as arguments.
 */
export function withHclMetaArguments<Fragment extends ResourceFragment>(fragment: Fragment): Fragment {
  for (const resources of Object.values(fragment.resource ?? {})) {
    for (const attributes of Object.values(resources)) {
      const { provider, lifecycle } = attributes;
      if (typeof provider === "string") attributes.provider = bare(provider);
      if (lifecycle) attributes.lifecycle = { value: hclLifecycle(lifecycle as Lifecycle), isBlock: true };
    }
  }
  return fragment;
}

function hclLifecycle(lifecycle: Lifecycle): object {
  return Object.fromEntries(
    Object.entries(lifecycle).map(([argument, value]) => {
      if (argument.endsWith("condition")) return [argument, { value, isBlock: true, type: "list" }];
      if (Array.isArray(value)) return [argument, bareReferences(value)];
      return [argument, typeof value === "string" ? bare(value) : value];
    }),
  );
}

function bareReferences(references: readonly string[]): object {
  return bare(`[${references.join(", ")}]`);
}

function bare(expression: string): object {
  return { value: expression, type: "reference" };
}
