import { format } from "@cdktf/hcl-tools";
import { parse } from "@cdktf/hcl2json";
import fc from "fast-check";
import { hclOf, TerraformJson } from "../../lib/cdktf/hcl-writer";
import { asParsed, joined, normalised } from "../support/parsed-hcl";
import { CONFIGURATION, MADE_UP } from "../support/terraform-json";

/** Parsed together, as most of the time goes into a call of the parser. */
const AT_ONCE = 10;

/** More where more time is. */
const COUNT = Number(process.env.HCL_CONFIGURATIONS ?? 300);

const SOME = fc.array(CONFIGURATION, { minLength: AT_ONCE, maxLength: AT_ONCE });

function hclOfAll(configurations: readonly TerraformJson[]): string {
  return configurations.map((configuration) => hclOf(configuration, () => MADE_UP)).join("\n");
}

test(`HCL of ${COUNT} configurations means what they say`, async () => {
  await fc.assert(
    fc.asyncProperty(SOME, async (some) => {
      const json = some.map((configuration) => asParsed(JSON.parse(JSON.stringify(configuration))));
      expect(normalised(await parse("cdk.tf", hclOfAll(some)))).toEqual(normalised(joined(json)));
    }),
    { numRuns: Math.ceil(COUNT / AT_ONCE), seed: 13 },
  );
}, 300_000);

test(`HCL of ${COUNT / 6} configurations is formatted as terraform fmt does it`, async () => {
  await fc.assert(
    fc.asyncProperty(SOME, async (some) => {
      const hcl = hclOfAll(some);
      expect(await format(hcl)).toBe(hcl);
    }),
    { numRuns: Math.ceil(COUNT / 6 / AT_ONCE), seed: 31 },
  );
}, 300_000);
