interface Json {
  readonly [name: string]: unknown;
}

/**
 * A configuration in JSON as `@cdktf/hcl2json` reads the same from HCL: blocks are lists, comments and empty lists of
 * blocks are gone, references are expressions, and in text that is no template `${` is escaped.
 */
export function asParsed(configuration: Json): Json {
  const { variable, locals, resource, data, output } = configuration;
  return withoutNone({
    variable: labelled(variable, 1, ({ type, ...rest }) =>
      withoutNone({ ...eachString(rest, escapeSequences, escapeSequences), type: references(type) }),
    ),
    locals: locals && [locals],
    resource: labelled(resource, 2, body),
    data: labelled(data, 2, body),
    output: labelled(output, 1, ({ value, depends_on, ...rest }) =>
      withoutNone({ ...eachString(rest, escapeSequences), value, depends_on: references(depends_on) }),
    ),
  });
}

/** Several configurations as they are read from one file: blocks of the same labels are lists. */
export function joined(configurations: readonly Json[]): Json {
  return configurations.reduce((all, configuration) => {
    const entries = Object.entries(configuration).map(([name, value]) => {
      if (!Object.hasOwn(all, name)) return [name, value];
      return [
        name,
        Array.isArray(value) ? [...(all[name] as unknown[]), ...value] : joined([all[name], value] as Json[]),
      ];
    });
    return { ...all, ...Object.fromEntries(entries) };
  }, {});
}

/**
 * Texts in Unicode's normal form C, as the parser has them, and without the parentheses that a key has around an
 * expression.
 */
export function normalised(parsed: unknown): unknown {
  const normal = (text: string) => text.normalize("NFC");
  return eachString(parsed, normal, (key) => normal(withoutParentheses(key)));
}

function withoutParentheses(key: string): string {
  const inside = /^\$\{\((.*)\)\}$/s.exec(key)?.[1];
  return inside === undefined ? key : withoutParentheses(`\${${inside}}`);
}

function labelled(blocks: unknown, labels: number, bodyOf: (body: Json) => Json): unknown {
  if (labels === 0) return [bodyOf(blocks as Json)];
  const inside = Object.entries(blocks ?? {}).flatMap(([label, value]) => {
    const parsed = labelled(value, labels - 1, bodyOf);
    return parsed === undefined ? [] : [[label, parsed]];
  });
  return inside.length === 0 ? undefined : Object.fromEntries(inside);
}

function body({ box, shelf, drawer, lifecycle, dynamic, depends_on, ...rest }: Json): Json {
  return withoutNone({
    ...rest,
    "//": undefined,
    box: blocks(box),
    shelf: blocks(shelf),
    drawer: blocks(drawer),
    lifecycle: lifecycle && [lifecycleBody(lifecycle as Json)],
    dynamic: dynamic && dynamicBlock(dynamic as Json),
    depends_on: references(depends_on),
  });
}

function blocks(value: unknown): unknown {
  const bodies = [value ?? []].flat().map((inside) => body(inside as Json));
  return bodies.length === 0 ? undefined : bodies;
}

function lifecycleBody({ ignore_changes, ...rest }: Json): Json {
  return { ...rest, ignore_changes: references(ignore_changes) };
}

function dynamicBlock({ drawer }: Json): Json {
  const { content, ...rest } = drawer as Json;
  return { drawer: [{ ...rest, content: [content] }] };
}

function references(value: unknown): unknown {
  return eachString(value, (text) => "${" + text + "}");
}

function escapeSequences(text: string): string {
  return text.replace(/([$%])(?=\{)/g, "$1$1");
}

type Change = (text: string) => string;

function eachString<Value>(value: Value, change: Change, changeKey: Change = (key) => key): Value {
  return changed(value, change, changeKey) as Value;
}

function changed(value: unknown, change: Change, changeKey: Change): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => changed(item, change, changeKey));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inside]) => [changeKey(key), changed(inside, change, changeKey)]),
  );
}

function withoutNone(object: Json): Json {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
