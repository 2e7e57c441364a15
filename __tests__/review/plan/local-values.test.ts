import { POOL, verdicts } from "../../support/changes";
import { clusterWith, stackOf } from "../../support/reviews";

describe("variables and local values", () => {
  test("count by what they are where nobody sets them", async () => {
    const sized = (size: string) =>
      stackOf(clusterWith({}, { vm_size: "${var.size}" }), { variable: { size: { default: size } } });
    expect(await verdicts(sized("a"), sized("a"))).toMatchObject({ [POOL]: "none" });
    expect(await verdicts(sized("a"), sized("b"))).toMatchObject({ [POOL]: "rotate" });
  });

  test("count with what they are made of", async () => {
    const sized = (size: string) =>
      stackOf(clusterWith({}, { vm_size: "${local.size}" }), {
        locals: { size: "Standard_${var.size}" },
        variable: { size: { default: size } },
      });
    expect(await verdicts(sized("a"), sized("b"))).toMatchObject({ [POOL]: "rotate" });
  });
});

describe("a literal that is taken out", () => {
  const sized = (vm_size: string, more: object = {}) => stackOf(clusterWith({}, { vm_size }), more);

  test("into a local value is the same", async () => {
    const local = sized("${local.size}", { locals: { size: "Standard_D4s_v5" } });
    expect(await verdicts(sized("Standard_D4s_v5"), local)).toMatchObject({ [POOL]: "none" });
    expect(await verdicts(local, sized("${local.s}", { locals: { s: "Standard_D4s_v5" } }))).toMatchObject({
      [POOL]: "none",
    });
    expect(await verdicts(sized("Standard_D8s_v5"), local)).toMatchObject({ [POOL]: "rotate" });
  });

  test("into a part of a text, a list or an expression with spaces is the same", async () => {
    const tagged = (a: string, zones: string[], vm_size: string) =>
      stackOf(clusterWith({}, { tags: { a }, zones, vm_size }), { locals: { a: "x", n: 1, size: "b", zone: "1" } });
    const local = tagged("a-${ local.a }-${local.n}-$${local.a}", ["${local.zone}"], "${ local.size }");
    expect(await verdicts(tagged("a-x-1-$${local.a}", ["1"], "b"), local)).toMatchObject({ [POOL]: "none" });
  });

  test.each<{ name: string; before: object; after: object; locals: object }>([
    { name: "as a number for a text", before: { zones: ["1"] }, after: { zones: ["${local.n}"] }, locals: { n: 1 } },
    {
      name: "in another order of a set",
      before: { zones: ["1", "2"] },
      after: { zones: ["${local.a}", "${local.b}"] },
      locals: { a: "2", b: "1" },
    },
    {
      name: "as a text for a boolean",
      before: { fips_enabled: true },
      after: { fips_enabled: "${local.n}" },
      locals: { n: "true" },
    },
    {
      name: "as a text for a number",
      before: { node_count: 2 },
      after: { node_count: "${local.n}" },
      locals: { n: "2" },
    },
  ])("into a local value $name is the same", async ({ before, after, locals }) => {
    expect(await verdicts(stackOf(clusterWith({}, before)), stackOf(clusterWith({}, after), { locals }))).toMatchObject(
      {
        [POOL]: "none",
      },
    );
  });

  test("into a variable is known only at apply", async () => {
    const variable = sized("${var.size}", { variable: { size: { default: "Standard_D4s_v5" } } });
    expect(await verdicts(sized("Standard_D4s_v5"), variable)).toMatchObject({ [POOL]: "unknown" });
  });
});
