// An app that needs no provider: what a stack of one's own may have that is easily written wrongly in HCL.
import { App, TerraformLocal, TerraformOutput, TerraformStack, TerraformVariable, Token } from "cdktf";
import { hclOfStack, InputVariable, StateBackend } from "../../lib";
import { PlainResource } from "../../lib/cdktf/plain-resource";

class OwnStack extends TerraformStack {
  override toHclTerraform() {
    return hclOfStack(this);
  }
}

const TEXTS = [
  "C:\\temp",
  "C:\\data",
  "a\\wb",
  "one\ntwo",
  "ends\n",
  "\r\n\t",
  '"',
  "$${a} %%{b}",
  "é😀",
  "[]",
  '{"a":1}',
];

const app = new App();
const stack = new OwnStack(app, "own");
StateBackend.LOCAL.addTo(stack);
stack.addOverride("terraform.required_version", ">= 1.5");

for (const [i, value] of [...TEXTS, "${a} %{b}", 0, -1.5, false, "", null, [], { "a/b": { cD: null } }].entries()) {
  const variable = new InputVariable(stack, `given_${i}`, { default: value, description: "of\nseveral lines" });
  new TerraformOutput(stack, `given_${i}_out`, { value: variable.value, description: "${no} %{template}\n" });
}
new TerraformVariable(stack, "typed", { type: "object({ a = optional(list(string), []) })", default: {} });

const local = new TerraformLocal(stack, "local", {
  texts: TEXTS,
  '${upper("a")}b': { "a.b/c": [[1, { c: "${1 + 1}" }]] },
});
const data = new PlainResource(stack, "data", {
  provider: "terraform",
  type: "terraform_data",
  content: () => ({ input: local.expression, triggers_replace: TEXTS }),
});
data.addOverride("lifecycle", {
  ignore_changes: ["triggers_replace"],
  precondition: [{ condition: "${length(local.local) < 9}", error_message: "no" }],
});
data.addOverride("provisioner", [{ "local-exec": { command: 'cat <<EOF\n"$HOME"\nEOF\n', when: "destroy" } }]);
const dependent = new PlainResource(stack, "dependent", {
  provider: "terraform",
  type: "terraform_data",
  content: () => ({ input: "${terraform_data.data.id}" }),
  dependsOn: [data],
});
dependent.addOverride("for_each", '${toset([\n  "a",\n  "b",\n])}');
dependent.addOverride("lifecycle.replace_triggered_by", ["terraform_data.data"]);

new TerraformOutput(stack, "list", { value: Token.asList("${[\n for x in local.local.texts :\n upper(x)\n]}") });
new TerraformOutput(stack, "sum", { value: "${1 +\n  2 # }\n}" });
new TerraformOutput(stack, "template", {
  value: '%{ for x in local.local.texts ~}\n\n  ${x}: "${jsonencode({ a = x })}"\n%{ endfor ~}\n',
});

app.synth();
