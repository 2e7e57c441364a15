export * from "./review";
export { VERDICTS } from "./verdict";
export type { Verdict } from "./verdict";
