import { Manifest } from "@cdktf/provider-kubernetes/lib/manifest";
import { DefaultTokenResolver, StringConcat, Tokenization } from "cdktf";
import { withHclMetaArguments } from "../hcl";

/**
 * `kubernetes_manifest` whose HCL says the same as its JSON.
 *
 * cdktf 0.21 writes `manifest` as a map, in which a list becomes an object with the keys 0, 1, 2; as a value of any
 * type it is written whole, except for strings that look like something else, which are spelled as expressions here.
 */
export class HclSafeManifest extends Manifest {
  protected override synthesizeHclAttributes(): { [name: string]: unknown } {
    return {
      ...super.synthesizeHclAttributes(),
      manifest: {
        value: withSafeStrings(this.resolvedManifest()),
        isBlock: false,
        type: "any",
        storageClassType: "any",
      },
    };
  }

  /** Without lazy values, whose strings have to be made safe, too. */
  private resolvedManifest(): unknown {
    const resolver = new DefaultTokenResolver(new StringConcat());
    return Tokenization.resolve(this.manifestInput, { scope: this, resolver, preparing: false });
  }

  override toHclTerraform() {
    return withHclMetaArguments(super.toHclTerraform());
  }
}

function withSafeStrings(value: unknown): unknown {
  if (typeof value === "string") return looksLikeAnExpression(value) ? asExpression(value) : value;
  if (Array.isArray(value)) return value.map(withSafeStrings);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inside]) => [key, withSafeStrings(inside)]));
  }
  return value;
}

/** Numbers, and what starts with a bracket or a quote, lose their quotes; a backslash or line break is not escaped. */
function looksLikeAnExpression(text: string): boolean {
  return !text.includes("${") && /^(-?\d+$|[[{"])|[\\\n\r]/.test(text);
}

function asExpression(text: string): string {
  return "${" + JSON.stringify(text) + "}";
}
