import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EXAMPLES, RELEASES } from "./support/apps";
import { runApp } from "./support/synth";

/** Addresses of all resources by app and stack; `UPDATE_ADDRESSES=1 npx jest addresses` writes it anew. */
const FILE = join(__dirname, "addresses.json");

const APPS = [
  ...Object.entries(RELEASES).map(([name, release]) => ({ name: `main.ts on ${name}`, file: "main.ts", release })),
  ...EXAMPLES.map((name) => ({ name: `examples/${name}.ts`, file: `examples/${name}.ts`, release: undefined })),
];

type Addresses = { readonly [app: string]: { readonly [stack: string]: readonly string[] } };

function addressesNow(): Addresses {
  return Object.fromEntries(
    APPS.map(({ name, file, release }) => {
      const stacks = Object.entries(runApp(file, "json", release));
      return [name, Object.fromEntries(stacks.map(([stack, json]) => [stack, addressesIn(json)]))];
    }),
  );
}

function addressesIn(json: string): string[] {
  const { resource = {} } = JSON.parse(json) as { readonly resource?: { readonly [type: string]: object } };
  return Object.entries(resource).flatMap(([type, resources]) => Object.keys(resources).map((id) => `${type}.${id}`));
}

if (process.env.UPDATE_ADDRESSES) writeFileSync(FILE, `${JSON.stringify(addressesNow(), undefined, 2)}\n`);

const committed: Addresses = JSON.parse(readFileSync(FILE, "utf8"));
const now = addressesNow();

test.each(APPS)("$name keeps its addresses", ({ name }) => {
  const gone = Object.entries(committed[name] ?? {}).flatMap(([stack, addresses]) =>
    addresses.filter((address) => !now[name][stack]?.includes(address)).map((address) => `${stack}: ${address}`),
  );
  if (gone.length > 0)
    throw new Error(
      `these addresses are gone, and Terraform destroys what a deployment has there, a cluster with all that runs on it: ` +
        `${gone.join(", ")}: keep the ids of the constructs, or write moved blocks and list the new addresses`,
    );
});

test("no address is missing in the list", () => {
  expect(committed).toEqual(now);
});
