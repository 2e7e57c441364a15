/** @type {import("jest").Config} */
module.exports = {
  rootDir: "..",
  testEnvironment: "node",
  testMatch: ["<rootDir>/pack/*.test.ts"],
  transform: { "\\.ts$": "@swc/jest" },
  testTimeout: 600_000,
};
