/** @type {import("jest").Config} */
module.exports = {
  // A worker evaluates cdktf, the bindings and lib/ once, and not once a file: half of the time of all tests.
  // So hooks belong into test files and functions, and support/fresh.ts evaluates a module anew; mocks of modules it has none.
  runner: "<rootDir>/__tests__/support/runner.mjs",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  transform: {},
  setupFiles: ["<rootDir>/__tests__/support/typescript.mjs"],
  setupFilesAfterEnv: ["<rootDir>/__tests__/setup.ts"],
};
