import type { StackPlan } from "./plan";

export function notesOn(_plans: readonly StackPlan[]): string[] {
  return [];
}
