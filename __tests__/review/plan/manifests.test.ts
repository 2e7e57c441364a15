import { poolChange, verdicts } from "../../support/changes";
import { reviewOf, stackOf } from "../../support/reviews";

describe("what the plugin SDK does not make", () => {
  const data = (config: object) => stackOf({ terraform_data: { t: config } });

  test.each<{ name: string; before: object; after: object; verdict: string }>([
    { name: "false", before: {}, after: { triggers_replace: false }, verdict: "replace" },
    { name: "an empty text", before: { triggers_replace: "" }, after: {}, verdict: "replace" },
    {
      name: "a null inside",
      before: { triggers_replace: { a: 1 } },
      after: { triggers_replace: { a: 1, b: null } },
      verdict: "replace",
    },
    { name: "an empty object", before: {}, after: { input: {} }, verdict: "update" },
    { name: "null itself", before: {}, after: { triggers_replace: null }, verdict: "none" },
  ])("tells nothing from $name", async ({ before, after, verdict }) => {
    expect(await verdicts(data(before), data(after))).toEqual({ "terraform_data.t": verdict });
  });

  const manifest = (manifest: unknown, more: object = {}) =>
    stackOf({ kubernetes_manifest: { m: { manifest } } }, more);
  const named = (metadata: object) => ({ apiVersion: "v1", kind: "ConfigMap", metadata });

  test.each<{ name: string; before: object; after: object; verdict: string }>([
    {
      name: "another expression",
      before: manifest('${file("a")}'),
      after: manifest('${file("b")}'),
      verdict: "unknown",
    },
    {
      name: "an expression for a text",
      before: manifest(named({ name: "a" })),
      after: manifest("${local.m}"),
      verdict: "unknown",
    },
    {
      name: "another name in a local value",
      before: manifest({ ...named({}), metadata: "${local.m}" }, { locals: { m: { name: "a" } } }),
      after: manifest({ ...named({}), metadata: "${local.m}" }, { locals: { m: { name: "b" } } }),
      verdict: "replace",
    },
    {
      name: "other labels in a local value",
      before: manifest({ ...named({}), metadata: "${local.m}" }, { locals: { m: { name: "a", labels: { a: "b" } } } }),
      after: manifest({ ...named({}), metadata: "${local.m}" }, { locals: { m: { name: "a", labels: { a: "c" } } } }),
      verdict: "update",
    },
    {
      name: "a null inside",
      before: manifest(named({ name: "a" })),
      after: manifest({ ...named({ name: "a" }), data: null }),
      verdict: "update",
    },
  ])("a manifest with $name", async ({ before, after, verdict }) => {
    expect(await verdicts(before, after)).toEqual({ "kubernetes_manifest.m": verdict });
  });

  test("a manifest with what it had in a local value is the same", async () => {
    const local = manifest({ ...named({}), metadata: "${local.m}" }, { locals: { m: { name: "a" } } });
    const { changes } = await reviewOf({ s: manifest(named({ name: "a" })) }, { s: local });
    expect(changes).toMatchObject([{ verdict: "none", arguments: [] }]);
  });

  test("timeouts are in a plan of these only", async () => {
    expect(await poolChange({ timeouts: { create: "1h" } }, { timeouts: { create: "2h" } })).toMatchObject({
      verdict: "none",
    });
    expect(await poolChange({}, { timeouts: { create: "1h" } })).toMatchObject({
      arguments: [{ path: "timeouts", before: null, after: { create: "1h" } }],
    });
    const waiting = (create: string) =>
      stackOf({ kubernetes_manifest: { m: { manifest: named({}), timeouts: { create } } } });
    expect(await verdicts(waiting("1m"), waiting("2m"))).toEqual({ "kubernetes_manifest.m": "update" });
  });
});
