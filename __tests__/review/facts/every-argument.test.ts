import {
  aksArguments,
  BlockSchema,
  Change,
  changeFacts,
  providerSchema,
  TerraformType,
} from "../../../lib/provider-schemas";
import { changeExceptions } from "../../support/exceptions";
import { AZURERM, byAddress, reviewOf, stackOf } from "../../support/reviews";

interface Leaf {
  readonly path: string;
  readonly type: TerraformType;
  /** Change of the argument and of the blocks that it is in. */
  readonly change: Change;
}

const MAJORS = [3, 4, 5] as const;

/** Where the values decide: `exceptions.test.ts` has these. */
const DEPENDS_ON_VALUES = new Set(changeExceptions().map(({ resource, path }) => `${resource}.${path}`));

describe.each(MAJORS)("azurerm %i", (major) => {
  test.each(Object.keys(aksArguments().resources))(
    "each argument of %s has the verdict that the facts say",
    async (type) => {
      const { version, resource_schemas } = providerSchema("azurerm", AZURERM[major])!;
      const facts = aksArguments().resources[type];
      const leaves = leavesOf(resource_schemas[type], (path) => facts[path]?.[version]?.change ?? "update");
      const wrong = await wrongVerdicts(type, leaves, major);
      expect(leaves.length).toBeGreaterThan(60);
      expect(wrong).toEqual([]);
    },
  );
});

test.each(Object.keys(changeFacts()).filter((type) => !["kubernetes_manifest", "terraform_data"].includes(type)))(
  "each argument of %s has the verdict that the facts say",
  async (type) => {
    const { resource_schemas } = providerSchema(
      type.split("_")[0],
      type.startsWith("kubernetes") ? "~> 2.38" : ">= 0",
    )!;
    const facts = changeFacts()[type];
    const leaves = leavesOf(resource_schemas[type], (path) => facts[path]?.change ?? "update", facts);
    expect(await wrongVerdicts(type, leaves, 5)).toEqual([]);
  },
);

async function wrongVerdicts(type: string, leaves: readonly Leaf[], major: (typeof MAJORS)[number]): Promise<string[]> {
  const wanted = leaves.filter(({ path }) => !DEPENDS_ON_VALUES.has(`${type}.${path}`));
  const sides = [0, 1].map((i) =>
    stackOf(
      { [type]: Object.fromEntries(wanted.map(({ path, type }, n) => [`r${n}`, nested(path, sample(type, i))])) },
      {},
      major,
    ),
  );
  const changes = byAddress(await reviewOf({ s: sides[0] }, { s: sides[1] }));
  return wanted.flatMap(({ path, change }, n) => {
    const { verdict, arguments: changed } = changes[`${type}.r${n}`];
    const paths = changed.map(({ path }) => path);
    return verdict === change && [path, `${path}.key`].includes(paths.join())
      ? []
      : [`${path}: ${verdict} instead of ${change} (${paths})`];
  });
}

function leavesOf(
  { attributes = {}, block_types = {} }: BlockSchema,
  changeOf: (path: string) => Change,
  facts: (typeof changeFacts extends () => infer Facts ? Facts : never)[string] = {},
  above = "",
  inherited: Change = "update",
): Leaf[] {
  const own = Object.entries(attributes)
    .filter(([, { computed, optional, required, deprecated }]) => !deprecated && (!computed || optional || required))
    .map(([name, { type }]) => {
      const path = above + name;
      return { path, type, change: worse(changeOf(path), inherited) };
    });
  const inside = Object.entries(block_types).flatMap(([name, { block }]) => {
    const path = above + name;
    if (path === "timeouts") return []; // `plan/manifests.test.ts` has it
    const passedOn =
      changeOf(path) === "rotate" || inherited === "rotate" ? "rotate" : (facts[path]?.changeInside ?? inherited);
    return leavesOf(block, changeOf, facts, `${path}.`, passedOn);
  });
  return [...own, ...inside];
}

function worse(one: Change, other: Change): Change {
  return (["replace", "rotate", "update"] as const).find((change) => change === one || change === other)!;
}

/** One of two values of a type, neither of which is a default. */
function sample(type: TerraformType, i: number): unknown {
  if (type === "number") return 77 + i;
  if (type === "bool") return i === 0;
  if (type === "string" || type === "dynamic") return `value${i}`;
  const [kind, inside] = type as readonly [string, never];
  if (kind === "object")
    return Object.fromEntries(Object.entries<TerraformType>(inside).map(([name, type]) => [name, sample(type, i)]));
  const item = sample(inside, i);
  return kind === "map" ? { key: item } : [item];
}

function nested(path: string, value: unknown): object {
  return path.split(".").reduceRight<unknown>((inside, name) => ({ [name]: inside }), value) as object;
}
