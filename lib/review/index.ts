export * from "./review";
export { VERDICTS } from "./verdict";
export type { Effect, Verdict } from "./verdict";
