import { readFileSync } from "node:fs";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { PROJECT } from "./support/synth";

const help = readFileSync(join(PROJECT, "help"), "utf8");
const { scripts } = JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8"));

/** Scripts that the text names, `npm test` included. */
const named = [...help.matchAll(/npm (?:run )?([a-z][a-z0-9:]*)/g)]
  .map(([, script]) => script)
  .filter((s) => s !== "pack");

test("every npm script that help names exists", () => {
  expect(named.filter((script) => !(script in scripts))).toEqual([]);
});

test("help names every npm script", () => {
  expect(Object.keys(scripts).filter((script) => !named.includes(script))).toEqual([]);
});

test("every cdktf command that help names exists", () => {
  const commands = [...help.matchAll(/npx cdktf ([a-z]+)/g)].map(([, command]) => command);
  const cli = join(PROJECT, "node_modules/cdktf-cli/bundle/bin/cdktf");
  const usage = execFileSync(process.execPath, [cli, "--help"], { encoding: "utf8", cwd: PROJECT });
  expect(commands.length).toBeGreaterThan(0);
  expect(commands.filter((command) => !new RegExp(`^ +cdktf ${command}\\b`, "m").test(usage))).toEqual([]);
});

test("every file that help names exists", () => {
  const files = [...help.matchAll(/^ {4}([a-z]+(?:\.ts|\/)|README\.md) {2}/gm)].map(([, file]) => file);
  expect(files).toEqual(["main.ts", "examples/", "lib/", "README.md"]);
  for (const file of files) expect(() => readFileSync(join(PROJECT, file))).not.toThrow(/ENOENT/);
});
