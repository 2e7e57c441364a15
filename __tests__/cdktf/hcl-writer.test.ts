import { hclOf, NestedBlocks, TerraformJson } from "../../lib/cdktf/hcl-writer";

const BOX: NestedBlocks = { box: { lid: {} } };

function hcl(document: TerraformJson): string {
  return hclOf(document, () => BOX);
}

/** Returns the lines in the block `resource "thing" "a"`. */
function inResource(body: object): string {
  const text = hcl({ resource: { thing: { a: body } } });
  return text === 'resource "thing" "a" {}\n' ? "" : text.split("\n").slice(1, -2).join("\n");
}

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
  ])("%s", (_, value, written) => expect(inResource({ value })).toBe(`  value = ${written}`));

  test("no value is null, and what JSON would not have is gone", () => {
    expect(inResource({ a: null, b: undefined })).toBe("  a = null");
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
  ])("%s", (_, body, written) => expect(inResource(body)).toBe(written));
});

test("meta-arguments of resources stand first and last, with bare references", () => {
  expect(
    inResource({
      depends_on: ["thing.b", 'module.c["d"]'],
      lifecycle: {
        ignore_changes: ["tags", "box[0].lid"],
        replace_triggered_by: ["thing.b", "${thing.c}"],
        prevent_destroy: true,
        precondition: [{ condition: "${1 < 2}", error_message: "not ${var.a}" }],
      },
      name: "a",
      box: {},
      provider: "thing.east",
      count: "${var.n}",
      provisioner: [
        { "local-exec": { command: "echo\n", when: "destroy", on_failure: "continue", environment: { A: "1" } } },
      ],

      connection: { host: "${self.ip}" },
    }),
  ).toMatchInlineSnapshot(`
   "  provider = thing.east
     count    = var.n

     name = "a"

     box {}

     provisioner "local-exec" {
       command    = "echo\\n"
       when       = destroy
       on_failure = continue
       environment = {
         A = "1"
       }
     }

     connection {
       host = self.ip
     }

     lifecycle {
       ignore_changes       = [tags, box[0].lid]
       replace_triggered_by = [thing.b, thing.c]
       prevent_destroy      = true

       precondition {
         condition     = 1 < 2
         error_message = "not \${var.a}"
       }
     }

     depends_on = [thing.b, module.c["d"]]"
  `);
  expect(inResource({ lifecycle: { ignore_changes: "all" } })).toBe("  lifecycle {\n    ignore_changes = all\n  }");
});

test("top-level blocks stand in one order, in which Terraform's own words are no templates", () => {
  expect(
    hcl({
      output: { o: { value: "${local.l}", description: "a\n${b}", depends_on: ["thing.a"], sensitive: true } },
      moved: [{ from: "thing.a", to: "thing.b[0]" }],
      import: [{ to: "thing.b", id: "x-${var.v}", provider: "thing.east" }],
      removed: { from: "thing.z", lifecycle: { destroy: false } },
      check: {
        c: { data: { thing: { d: { a: 1 } } }, assert: [{ condition: "${true}", error_message: "no" }] },
      },
      module: {
        m: {
          n: { a: 1 },
          source: "./m",
          providers: { thing: "thing.east", "thing.b": "thing" },
          depends_on: ["thing.a"],
        },
      },
      resource: { thing: { b: {}, a: {} } },
      data: { thing: { d: { a: 1 } } },
      locals: { l: { "a b": "${var.v}" }, zero: 0, none: null },
      variable: {
        v: {
          type: "map(object({a=string}))",
          default: { "${a}": "${b}" },
          description: "one\ntwo",
          validation: [{ condition: "${length(var.v) > 0}", error_message: "empty" }],
        },
      },
      provider: { thing: [{ box: [{}] }, { alias: "east", a: "${var.v}" }] },
      terraform: {
        required_providers: { thing: { source: "x/thing", version: "~> 1.0", configuration_aliases: ["thing.b"] } },
        backend: { remote: { hostname: "${h}", workspaces: { prefix: "p-" } } },
        required_version: ">= 1.5",
      },
      "//": { metadata: {} },
    }),
  ).toMatchInlineSnapshot(`
   "terraform {
     required_version = ">= 1.5"

     required_providers {
       thing = {
         source                = "x/thing"
         version               = "~> 1.0"
         configuration_aliases = [thing.b]
       }
     }

     backend "remote" {
       hostname = "$\${h}"

       workspaces {
         prefix = "p-"
       }
     }
   }

   provider "thing" {
     box {}
   }

   provider "thing" {
     alias = "east"

     a = var.v
   }

   variable "v" {
     type = map(object({ a = string }))
     default = {
       "$\${a}" = "$\${b}"
     }
     description = "one\\ntwo"

     validation {
       condition     = length(var.v) > 0
       error_message = "empty"
     }
   }

   locals {
     l = {
       "a b" = var.v
     }
     zero = 0
     none = null
   }

   data "thing" "d" {
     a = 1
   }

   resource "thing" "b" {}

   resource "thing" "a" {}

   module "m" {
     source = "./m"
     providers = {
       thing   = thing.east
       thing.b = thing
     }

     n = {
       a = 1
     }

     depends_on = [thing.a]
   }

   check "c" {
     data "thing" "d" {
       a = 1
     }

     assert {
       condition     = true
       error_message = "no"
     }
   }

   moved {
     from = thing.a
     to   = thing.b[0]
   }

   import {
     to       = thing.b
     id       = "x-\${var.v}"
     provider = thing.east
   }

   removed {
     from = thing.z

     lifecycle {
       destroy = false
     }
   }

   output "o" {
     value       = local.l
     description = "a\\n$\${b}"
     sensitive   = true

     depends_on = [thing.a]
   }
   "
  `);
});

test.each<[string, TerraformJson, string]>([
  ["cloud", { terraform: { cloud: { workspaces: { tags: ["a"] } } } }, "workspaces {"],
  ["s3, whose role is an argument", { terraform: { backend: { s3: { assume_role: { a: "b" } } } } }, "assume_role = {"],
  ["labels in a list", { resource: [{ thing: { a: {} } }, { thing: [{ b: {} }] }] }, 'resource "thing" "b" {}'],
  ["locals in a list", { locals: [{ a: 1 }, { b: 2 }] }, "locals {\n  b = 2\n}"],
  ["what Terraform does not know", { nonsense: { a: 1 } }, "nonsense = {"],
  ["names of objects", { locals: { constructor: 1, __proto__: 2 } }, "constructor = 1"],
])("other forms: %s", (_, document, written) => expect(hcl(document)).toContain(written));

test.each(["[]", '{"a":1}', 0, false, "", null, "12", [], {}, "${x}"])("a variable's default stays %j", (value) => {
  const written = typeof value === "string" ? JSON.stringify(value).replace("${", "$$$${") : JSON.stringify(value);
  expect(hcl({ variable: { v: { default: value } } })).toBe(`variable "v" {\n  default = ${written}\n}\n`);
});

test("an error names the block", () => {
  const document = { resource: { thing: { a: { b: [{ c: "d" }, { c: "${f(" }] } } } };
  expect(() => hcl(document)).toThrow(/^the template "\$\{f\(" has a .* is meant \[resource\.thing\.a\]$/);
});
