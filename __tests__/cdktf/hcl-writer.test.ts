import { hclInResource, hclWithBoxes } from "../support/hcl-with-boxes";

describe("values", () => {
  test.each<[string, unknown, string]>([
    ["numbers", [0, -1, 1.5, 5e-7, 1e21, 2 ** 64], "[0, -1, 1.5, 5e-7, 1e+21, 18446744073709552000]"],
    ["no value", [null, undefined, true], "[null, null, true]"],
    ["an empty list", [], "[]"],
    ["an empty object", {}, "{}"],
    [
      "an object",
      { b: 1, "a c": "${var.x}", "//": null },
      '{\n    b     = 1\n    "a c" = var.x\n    "//"  = null\n  }',
    ],
    ["a list of objects", [{ a: 1 }, []], "[\n    {\n      a = 1\n    },\n    [],\n  ]"],
    ["a long list", ["a".repeat(50), "b".repeat(50)], `[\n    "${"a".repeat(50)}",\n    "${"b".repeat(50)}",\n  ]`],
    ["lines in a list", ["${a +\nb}"], "[\n    a +\n    b,\n  ]"],
    ["an object in an object", { a: { b: 1 }, cd: 2 }, "{\n    a = {\n      b = 1\n    }\n    cd = 2\n  }"],
    ["wide characters in keys", { é: 1, 日本: 2, abc: 3 }, '{\n    "é"  = 1\n    "日本" = 2\n    abc  = 3\n  }'],
  ])("%s", (_, value, written) => expect(hclInResource({ value })).toBe(`  value = ${written}`));

  test("no value is null, and what JSON would not have is gone", () => {
    expect(hclInResource({ a: null, b: undefined })).toBe("  a = null");
  });
});

describe("blocks", () => {
  test.each<[string, object, string]>([
    ["an object", { box: { a: 1 } }, "  box {\n    a = 1\n  }"],
    ["a list", { box: [{ a: 1 }, {}] }, "  box {\n    a = 1\n  }\n\n  box {}"],
    ["none", { box: [] }, ""],
    ["null", { box: null }, ""],
    ["nested", { box: { lid: [{}] } }, "  box {\n    lid {}\n  }"],
    ["an argument of the same name elsewhere", { lid: { a: 1 } }, "  lid = {\n    a = 1\n  }"],
    ["after arguments", { box: {}, b: 1 }, "  b = 1\n\n  box {}"],
    ["without comments", { "//": { metadata: {} }, box: { "//": "why" } }, "  box {}"],
    ["an expression, which Terraform refuses in JSON, too", { box: "${var.a}" }, "  box = var.a"],
    [
      "dynamic",
      { dynamic: { box: { for_each: "${var.a}", iterator: "each", content: { lid: [{ a: "${each.value}" }] } } } },
      [
        '  dynamic "box" {',
        "    for_each = var.a",
        "    iterator = each",
        "",
        "    content {",
        "      lid {",
        "        a = each.value",
        "      }",
        "    }",
        "  }",
      ].join("\n"),
    ],
  ])("%s", (_, body, written) => expect(hclInResource(body)).toBe(written));
});

test("an error names the block", () => {
  const document = { resource: { thing: { a: { b: [{ c: "d" }, { c: "${f(" }] } } } };
  expect(() => hclWithBoxes(document)).toThrow(/^the template "\$\{f\(" has a .* is meant \[resource\.thing\.a\]$/);
});
