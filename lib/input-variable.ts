import { TerraformVariable } from "cdktf";

/** An input variable whose HCL keeps a default of `0`, `false` or `""`, which cdktf 0.21 drops. */
export class InputVariable extends TerraformVariable {
  override synthesizeHclAttributes(): { [name: string]: unknown } {
    const attributes = super.synthesizeHclAttributes();
    return this.default === undefined ? attributes : { default: { value: this.default, type: "any" }, ...attributes };
  }
}
