export { VERDICTS } from "./plan";
export type { Effect, Verdict } from "./plan";
export * from "./review";
