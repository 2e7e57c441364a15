import Runner from "jest-light-runner/child-process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";

/** Runs tests in processes of their own even where there is but one, and ends after them with nothing left of them. */
export default class extends Runner {
  #pools = new Set();

  constructor(...args) {
    super(...args);
    this._runtime = "child_process"; // the parser of HCL would keep Jest's own process alive
  }

  _runTest(test) {
    const result = super._runTest(test);
    const { config } = test.context;
    const { pool } = this._testRunners.get(config);
    if (!this.#pools.has(pool)) this.#answer(pool, config);
    this.#pools.add(pool);
    return result;
  }

  /** jest-light-runner 0.7 answers all workers once one of them asks: one that does not listen yet would wait for ever. */
  #answer({ threads }, projectConfig) {
    const workerData = { globalConfig: this._globalConfig, projectConfig, runtime: this._runtime };
    for (const { process } of threads)
      process.on("message", (message) => {
        if (message === "jest-light-runner-get-worker-data")
          process.send({ type: "jest-light-runner-worker-data", workerData });
      });
  }

  async runTests(...args) {
    const folder = mkdtempSync(join(tmpdir(), "tests-"));
    env.FOLDER_OF_TESTS = folder;
    try {
      await super.runTests(...args);
      const processes = [...this.#pools].flatMap(({ threads }) => threads);
      await Promise.all(processes.map((process) => process.terminate()));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}
