import fc from "fast-check";
import type { NestedBlocks } from "../../lib/cdktf/hcl-writer";

/** The blocks that the made-up resource type `made_up` has. */
export const MADE_UP: NestedBlocks = { box: { drawer: {} }, shelf: {} };

const NAME = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);

/** Any text, with more of what means something in HCL or JSON than chance would have. */
const TEXT = text("binary");

/** Characters as wide as they are for everybody, as keys are aligned by their widths. */
const KEY_TEXT = text("grapheme-ascii");

function text(unit: "binary" | "grapheme-ascii"): fc.Arbitrary<string> {
  const special = fc.oneof(
    fc.constantFrom("\n", "\r\n", "\t", "\\", "\\n", '"', "$", "%", "{", "}", "~", "#", "//", "<<EOF\n", "é", "\u0000"),
    fc.constantFrom("$${", "%%{", "$$$${", "0", "[]", "true", "null", " ", ":", "'", "`", "C:\\temp"),
  );
  return fc
    .array(fc.oneof(fc.string({ unit, maxLength: 3 }), special), { maxLength: 3 })
    .map((pieces) => withoutSequences(pieces.join("")));
}

function withoutSequences(text: string): string {
  return text.replace(/(?<!\$)\$\{/g, "$ {").replace(/(?<!%)%\{/g, "% {");
}

/** Text between quotes in an expression. */
const QUOTED = KEY_TEXT.map((text) =>
  // eslint-disable-next-line no-control-regex
  text.replace(/["\\]/g, "\\$&").replace(/[\x00-\x1f]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`),
);

const { expression: EXPRESSION } = fc.letrec<{ expression: string; string: string }>((tie) => {
  const inner = tie("expression");
  const list = fc.array(inner, { maxLength: 2 });
  return {
    expression: fc.oneof(
      { depthSize: "xsmall", withCrossShrink: true },
      fc.constantFrom("var.a", "local.b[0].c", "made_up.d.*.e", 'each.value["f"]', "made_up.g[*].h"),
      list.map((args) => `merge(${args.join(", ")})`),
      fc.tuple(inner, inner).map(([a, b]) => `(${a} == ${b} ? "}" : {})`),
      fc.tuple(fc.constantFrom("+", "-", "&&", ">="), inner, inner).map(([sign, a, b]) => `(${a} ${sign} ${b})`),
      fc.tuple(inner, inner).map(([a, b]) => `concat([for k, v in keys(${a}) : upper(k) if v != ${b}], [])`),
      fc
        .tuple(inner, inner)
        .map(([a, b]) => `merge({ for k in keys(${a}) : k => ${b}... }, { "x y" = -1, (z) = !true })`),
      tie("string").map((text) => `trim(${text})`),
    ),
    string: fc
      .tuple(QUOTED, fc.array(fc.tuple(inner.map(sequence), QUOTED), { maxLength: 2 }))
      .map((parts) => `"${joined(parts.flat(2))}"`),
  };
});

function sequence(expression: string): string {
  return "${" + expression + "}";
}

/** Texts with sequences between them, before which no $ may stand, as it would be half of an escape. */
function joined(parts: readonly string[]): string {
  return parts.map((part, i) => (i % 2 === 0 && i < parts.length - 1 ? part.replace(/\$+$/, "") : part)).join("");
}

/** Strings of Terraform JSON: text, expressions, and both. */
const TEMPLATE = template(TEXT);
const KEY = fc.oneof(
  NAME,
  template(KEY_TEXT),
  fc.constantFrom("for", "null", "true", "0", "", "a.b/c", "//", "constructor"),
);

function template(between: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const sequences = EXPRESSION.map(sequence);
  const mixed = fc.tuple(between, fc.array(fc.tuple(sequences, between), { maxLength: 2 }));
  return fc.oneof(
    between,
    sequences,
    mixed.map((parts) => joined(parts.flat(2))),
  );
}

function value(string: fc.Arbitrary<string>, key: fc.Arbitrary<string>): fc.Arbitrary<unknown> {
  return fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: "xsmall", withCrossShrink: true },
      string,
      fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null)),
      fc.array(tie("value"), { maxLength: 2 }),
      fc.dictionary(key, tie("value"), { maxKeys: 2, noNullPrototype: true }),
    ),
  })).value;
}

const VALUE = value(TEMPLATE, KEY);
const COMMENT = { "//": fc.constantFrom(undefined, { metadata: { path: "a/b" } }) };

function blocks(body: fc.Arbitrary<object>): fc.Arbitrary<unknown> {
  return fc.oneof(body, fc.array(body, { maxLength: 2 }), fc.constant(null));
}

function body(nested: { readonly [name: string]: fc.Arbitrary<unknown> }): fc.Arbitrary<object> {
  return fc
    .tuple(
      fc.dictionary(
        NAME.map((name) => `a_${name}`),
        VALUE,
        { maxKeys: 2, noNullPrototype: true },
      ),
      fc.record({ ...nested, ...COMMENT }, { requiredKeys: [] }),
    )
    .map(([args, inside]) => ({ ...args, ...inside }));
}

const REFERENCES = fc.array(fc.constantFrom("made_up.x", "module.y", 'made_up.z["a b"]'), { maxLength: 3 });
const BOX = body({
  drawer: blocks(body({})),
  dynamic: fc.constant({ drawer: { for_each: "${x}", content: { a: 1 } } }),
});
const RESOURCE = body({
  box: blocks(BOX),
  shelf: blocks(body({})),
  lifecycle: fc.record({ ignore_changes: fc.oneof(REFERENCES, fc.constant("all")), prevent_destroy: fc.boolean() }),
  depends_on: REFERENCES,
  count: VALUE,
});

const VARIABLE = fc.record(
  {
    default: value(TEXT, KEY_TEXT),
    description: TEXT,
    type: fc.constantFrom("string", "list(object({ a = string }))"),
  },
  { requiredKeys: [] },
);
const OUTPUT = fc.record({ value: VALUE, description: TEXT, depends_on: REFERENCES }, { requiredKeys: ["value"] });

function labelled<Inside>(inside: fc.Arbitrary<Inside>): fc.Arbitrary<{ [label: string]: Inside }> {
  return fc.dictionary(NAME, inside, { maxKeys: 2, noNullPrototype: true });
}

/** Configurations of a made-up provider. */
export const CONFIGURATION = fc.record(
  {
    ...COMMENT,
    variable: labelled(VARIABLE),
    locals: fc.dictionary(NAME, VALUE, { maxKeys: 2, noNullPrototype: true }),
    resource: fc.record({ made_up: labelled(RESOURCE) }),
    data: fc.record({ made_up: labelled(RESOURCE) }),
    output: labelled(OUTPUT),
  },
  { requiredKeys: [] },
);
