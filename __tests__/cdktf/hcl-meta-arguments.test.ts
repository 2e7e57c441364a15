import { TerraformJson } from "../../lib/cdktf/hcl-writer";
import { hclInResource, hclWithBoxes } from "../support/hcl-with-boxes";

test("meta-arguments of resources stand first and last, with bare references", () => {
  expect(
    hclInResource({
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
  expect(hclInResource({ lifecycle: { ignore_changes: "all" } })).toBe("  lifecycle {\n    ignore_changes = all\n  }");
});

test("actions and what triggers them have bare references", () => {
  const action_trigger = { events: ["after_create"], actions: ["action.thing_start.b"], condition: "${var.c}" };
  expect(
    hclWithBoxes({
      action: { thing_start: { b: { config: { name: "${var.n}" } } } },
      resource: { thing: { a: { lifecycle: { action_trigger } } } },
    }),
  ).toMatchInlineSnapshot(`
   "resource "thing" "a" {
     lifecycle {
       action_trigger {
         events    = [after_create]
         actions   = [action.thing_start.b]
         condition = var.c
       }
     }
   }

   action "thing_start" "b" {
     config {
       name = var.n
     }
   }
   "
  `);
});

test("top-level blocks stand in one order, in which Terraform's own words are no templates", () => {
  expect(
    hclWithBoxes({
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
])("other forms: %s", (_, document, written) => expect(hclWithBoxes(document)).toContain(written));

test.each(["[]", '{"a":1}', 0, false, "", null, "12", [], {}, "${x}"])("a variable's default stays %j", (value) => {
  const written = typeof value === "string" ? JSON.stringify(value).replace("${", "$$$${") : JSON.stringify(value);
  expect(hclWithBoxes({ variable: { v: { default: value } } })).toBe(`variable "v" {\n  default = ${written}\n}\n`);
});
