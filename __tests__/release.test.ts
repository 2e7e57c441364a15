import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PROJECT } from "./support/synth";

let folder: string;

/** A project whose commit can be published. */
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "release-"));
  mkdirSync(join(folder, ".ci"));
  copyFileSync(join(PROJECT, ".ci/release"), join(folder, ".ci/release"));
  writeFileSync(join(folder, "package.json"), '{ "version": "1.2.3" }');
  writeFileSync(join(folder, "CHANGELOG.md"), "## 1.2.3\n");
  writeRun("true");
  git("init", "--quiet");
  commit();
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeRun(command: string): void {
  writeFileSync(join(folder, ".ci/run"), `#!/bin/sh\n${command}\n`);
  chmodSync(join(folder, ".ci/run"), 0o755);
}

function git(...args: readonly string[]): void {
  expect(spawnSync("git", args, { cwd: folder }).status).toBe(0);
}

function commit(): void {
  git("add", ".");
  git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "--message", "a change");
}

function release() {
  const { status, stdout, stderr } = spawnSync("bash", [".ci/release"], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

test("a commit can be published", () => {
  const stdout = "version 1.2.3 can be published: npm publish, and git tag v1.2.3\n";
  expect(release()).toEqual({ status: 0, stdout, stderr: "" });
});

test.each<[string, () => void, string]>([
  [
    "a file that is not committed",
    () => writeFileSync(join(folder, "new"), ""),
    "the working tree has changes that are not committed, commit or remove them: ?? new\n",
  ],
  [
    "a version without a change log",
    () => {
      writeFileSync(join(folder, "CHANGELOG.md"), "## 1.2.30\n");
      commit();
    },
    'CHANGELOG.md has no heading "## 1.2.3": write what changed\n',
  ],
  ["a version that is out", () => git("tag", "v1.2.3"), "version 1.2.3 has a tag already: raise it in package.json\n"],
  [
    "what fails",
    () => {
      writeRun("echo a test fails >&2; exit 1");
      commit();
    },
    "a test fails\n",
  ],
  [
    "tests that leave something behind",
    () => {
      writeRun("touch left-over");
      commit();
    },
    "after .ci/run the working tree has changes that are not committed, commit or remove them: ?? left-over\n",
  ],
])("%s cannot", (_, prepare, message) => {
  prepare();
  expect(release()).toEqual({ status: 1, stdout: "", stderr: message });
});
