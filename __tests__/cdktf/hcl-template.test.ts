import { literalString, template, templateKey } from "../../lib/cdktf/hcl-template";

describe("a string of JSON", () => {
  test.each<[string, string, string]>([
    ["text", "a b", '"a b"'],
    ["nothing", "", '""'],
    ["quotes and a backslash", 'say "C:\\temp"', '"say \\"C:\\\\temp\\""'],
    ["line breaks and a tab", "a\r\nb\n\tc", String.raw`"a\r\nb\n\tc"`],
    ["control characters", "\u0000\u007f\u0085", String.raw`"\u0000\u007f\u0085"`],
    ["other characters", "é😀\u2028", '"é😀\u2028"'],
    ["what looks like another type", "[]", '"[]"'],
    ["escapes of sequences", "$${a} %%{b} $$${c}", '"$${a} %%{b} $$${c}"'],
    ["signs", "$ % $$ {} $a{ 50%", '"$ % $$ {} $a{ 50%"'],
    ["an expression", "${var.a}", "var.a"],
    ["an expression with spaces around", "${ var.a\n}", "var.a"],
    ["an expression with strip markers", "${~ var.a ~}", "var.a"],
    ["an expression in an expression's quotes", '${"${var.a}"}', "var.a"],
    ["a string as an expression", '${"}"}', '"}"'],
    ["two expressions", "${var.a}${var.b}", '"${var.a}${var.b}"'],
    ["text and an expression", 'a "${var.a["b"]}"\\', '"a \\"${var.a["b"]}\\"\\\\"'],
    ["braces and quotes", '${merge({ a = "}" }, { b = "\\"{" })}', 'merge({ a = "}" }, { b = "\\"{" })'],
    ["nested templates", '${upper("a ${lower("b}")} c")}', 'upper("a ${lower("b}")} c")'],
    ["an escape in an expression's quotes", '${upper("$${")}', 'upper("$${")'],
    ["a directive", "%{ if var.a }b%{ else }c%{ endif }", '"%{if var.a}b%{else}c%{endif}"'],
    ["a comment in an expression", "${a /* } */ + b}", "a /* } */ + b"],
  ])("%s", (_, json, hcl) => expect(template(json, 0)).toBe(hcl));

  test.each<[string, string]>([
    ['${merge({"a"="b"},[1,2][0],-1)}', 'merge({ "a" = "b" }, [1, 2][0], -1)'],
    ["${a==b?c:!d}", "a == b ? c : !d"],
    ["${[ for k,v in x : k=>v... ]}", "[for k, v in x : k => v...]"],
    ["x ${ a.*.b } y", '"x ${a.*.b} y"'],
    ["${1 - 2*-3 - a}", "1 - 2 * -3 - a"],
    ["${provider::x::y( 1 )}", "provider::x::y(1)"],
  ])("spaces of %s are those of terraform fmt", (json, hcl) => expect(template(json, 0)).toBe(hcl));

  test.each<[string, string, string]>([
    ["between brackets", "${[\n for a in b :\n a\n ]}", "[\n  for a in b :\n  a\n]"],
    ["outside of brackets", "${a +\n b}", "(\n  a +\n  b\n)"],
    ["in an object", "${f({\n a = 1\n bcd = 2\n})}", "f({\n  a   = 1\n  bcd = 2\n})"],
    ["after a comment", "${a # }\n}", "(\n  a # }\n)"],
    ["in a here document", "${<<EOT\n } \nEOT\n}", "(\n  <<EOT\n } \nEOT\n)"],
    ["between texts", "a ${b(\nc\n)} d", '"a ${b(\n  c\n)} d"'],
  ])("an expression has line breaks %s", (_, json, hcl) => expect(template(json, 0)).toBe(hcl));

  test("lines after the first are indented as what is around, and `=` are in one column", () => {
    expect(template("${{\na=1\nbcd=[\n2]\n}}", 4)).toBe("{\n      a = 1\n      bcd = [\n      2]\n    }");
    expect(template("${{\na=1\nbcd=2\n}}", 2)).toBe("{\n    a   = 1\n    bcd = 2\n  }");
  });

  test("line breaks in a list need no parentheses", () => {
    expect(template("${a +\n b}", 2, true)).toBe("a +\n  b");
  });

  test.each<[string, string, string]>([
    ["up to the end of its line", "${a ~}\n\n  b", '"${a}\\n  b"'],
    ["from the start of its line", "b \n \n ${~ a}", '"b \\n \\n${a}"'],
    ["with the line break that it ends with", "b\n${~ a}", '"b${a}"'],
    ["without making an escape", "\n$ ${~ a}", '"\\n\\u0024${a}"'],
    ["in one line as written", "b ${~ a ~} c", '"b ${~a~} c"'],
  ])("~ takes space away %s", (_, json, hcl) => expect(template(json, 0)).toBe(hcl));

  test.each(["a${b", '${"a}', '${f("${a")}', "%{ if a"])("%j is refused", (json) => {
    expect(() => template(json, 0)).toThrow(/^the template .* has a .* that is not closed: close it, or write \$\$\{/);
  });
});

test.each<[string, string]>([
  ["a-b_1", "a-b_1"],
  ["a b", '"a b"'],
  ["1a", '"1a"'],
  ["", '""'],
  ["for", '"for"'],
  ["null", '"null"'],
  ["example.com/a", '"example.com/a"'],
  ["a${var.b}", '"a${var.b}"'],
  ["${var.b}", "(var.b)"],
  ['${"a" == b ? 1 : 2}', '("a" == b ? 1 : 2)'],
])("the key %j is written as %s", (json, hcl) => expect(templateKey(json, 0).name).toBe(hcl));

test.each<[string, string]>([
  ["${a} $${b} %{c}", '"$${a} $$${b} %%{c}"'],
  ["a\n", String.raw`"a\n"`],
])("text that is no template: %j", (json, hcl) => expect(literalString(json)).toBe(hcl));
