import { POOL, verdicts } from "../../support/changes";
import { clusterWith, stackOf } from "../../support/reviews";

const IGNORED = { lifecycle: { ignore_changes: ["input"] } };

describe("as Terraform itself plans it", () => {
  const T = (resources: object, more: object = {}) => stackOf({ terraform_data: resources as never }, more);
  const locals = (values: object) => ({ locals: values });
  const d = (triggers_replace: unknown) => ({ d: { triggers_replace } });

  test.each<{ name: string; before: object; after: object; expected: { readonly [id: string]: string } }>([
    {
      name: "a name inside of a value that a local value tells",
      before: T(d({ "${local.k}": 1 }), locals({ k: "a" })),
      after: T(d({ "${local.k}": 1 }), locals({ k: "b" })),
      expected: { d: "replace" },
    },
    {
      name: "an ignored argument of what is replaced",
      before: T({ z: { input: 1, triggers_replace: 1, ...IGNORED }, ...d("${terraform_data.z.input}") }),
      after: T({ z: { input: 2, triggers_replace: 2, ...IGNORED }, ...d("${terraform_data.z.input}") }),
      expected: { z: "replace", d: "replace" },
    },
    {
      name: "an index that a local value tells",
      before: T(d("${local.sizes[local.env]}"), locals({ sizes: { a: 1, b: 2 }, env: "a" })),
      after: T(d("${local.sizes[local.env]}"), locals({ sizes: { a: 1, b: 2 }, env: "b" })),
      expected: { d: "replace" },
    },
    {
      name: "a variable of another type",
      before: T(d("${var.v}"), { variable: { v: { type: "string", default: 1 } } }),
      after: T(d("${var.v}"), { variable: { v: { type: "number", default: 1 } } }),
      expected: { d: "unknown" },
    },
    {
      name: "a part of what is ignored",
      before: T({ z: { input: { k: 1 }, ...IGNORED }, ...d("${terraform_data.z.input.k}") }),
      after: T({ z: { input: { k: 2 }, ...IGNORED }, ...d("${terraform_data.z.input.k}") }),
      expected: { z: "none", d: "none" },
    },
    {
      name: "a literal in place of a part that is the same",
      before: T({ z: { input: { k: "a" } }, ...d("a") }),
      after: T({ z: { input: { k: "a" } }, ...d("${terraform_data.z.input.k}") }),
      expected: { d: "none" },
    },
    { name: "the time", before: T(d("${timestamp()}")), after: T(d("${timestamp()}")), expected: { d: "replace" } },
    {
      name: "an argument of what is replaced that is not written",
      before: T({ z: { triggers_replace: 1 }, ...d("${terraform_data.z.input}") }),
      after: T({ z: { triggers_replace: 2 }, ...d("${terraform_data.z.input}") }),
      expected: { z: "replace", d: "none" },
    },
    {
      name: "another part of what a local value names",
      before: T(d("${local.y.a}"), locals({ x: { a: 1, b: 1 }, y: "${local.x}" })),
      after: T(d("${local.y.a}"), locals({ x: { a: 1, b: 2 }, y: "${local.x}" })),
      expected: { d: "none" },
    },
  ])("$name", async ({ before, after, expected }) => {
    const byId = Object.fromEntries(
      Object.entries(await verdicts(before, after)).map(([address, verdict]) => [address.split(".")[1], verdict]),
    );
    expect(byId).toMatchObject(expected);
  });

  test.each<{ name: string; subnet: object; verdict: string }>([
    { name: "refers to what changes", subnet: { name: "${terraform_data.z.id}" }, verdict: "rotate" },
    {
      name: "counts what changes",
      subnet: { name: "a", count: "${length(terraform_data.z.output)}" },
      verdict: "rotate",
    },
    { name: "refers to something else", subnet: { name: "${terraform_data.y.id}" }, verdict: "none" },
  ])("a data source that $name is read at apply", async ({ subnet, verdict }) => {
    const stack = (input: string) =>
      stackOf(
        {
          ...clusterWith({}, { vnet_subnet_id: "${data.azurerm_subnet.s.id}" }),
          terraform_data: { z: { input }, y: {} },
        },
        { data: { azurerm_subnet: { s: { resource_group_name: "g", virtual_network_name: "v", ...subnet } } } },
      );
    expect(await verdicts(stack("a"), stack("b"))).toMatchObject({ [POOL]: verdict });
  });
});
