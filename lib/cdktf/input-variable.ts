import { Lazy, TerraformVariable } from "cdktf";

/**
 * An input variable whose default is written as it is given: cdktf 0.21 writes the keys of an object in snake case, as
 * in `node_count` for `nodeCount`, and cannot write `null`.
 *
 * @example
 * ```ts
 * const azure = new ClusterStack(app, "azure");
 * new InputVariable(azure, "pool", { type: "any", default: { nodeCount: 2, zones: null } });
 * ```
 */
export class InputVariable extends TerraformVariable {
  override synthesizeAttributes(): { [name: string]: unknown } {
    const attributes = super.synthesizeAttributes();
    if (this.default === undefined) return attributes;
    return { ...attributes, default: Lazy.anyValue({ produce: () => this.default }) };
  }
}
