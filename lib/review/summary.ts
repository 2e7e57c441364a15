import type { PlannedResource } from "./plan";
import { CLUSTER } from "./resource-types";
import { enumerated } from "./text";
import { Verdict, VERDICTS } from "./verdict";
import { Kind, kindOf, POOL } from "./words";

const CLAUSES: { readonly [verdict in Exclude<Verdict, "none">]: (things: string) => string } = {
  destroy: (things) => `destroys ${things}`,
  replace: (things) => `replaces ${things}`,
  rotate: (things) => `rotates ${things}`,
  unknown: (things) => `changes ${things} in a way that is not known to this review`,
  update: (things) => `updates ${things}`,
  create: (things) => `creates ${things}`,
};

/** One sentence on all that happens, for a person in a hurry. */
export function summaryOf(resources: readonly PlannedResource[]): string {
  const changed = resources.filter(({ verdict }) => verdict !== "none");
  const told = changed.filter((resource) => !kindOf(declarationOf(resource)).isBookkeeping);
  const counted = told.length > 0 ? told : changed;
  const clauses: string[] = [];
  let lastKind: Kind | undefined;
  for (const verdict of VERDICTS) {
    if (verdict === "none") continue;
    const counts = countByKind(counted.filter((resource) => resource.verdict === verdict));
    if (counts.size === 0) continue;
    const [[firstKind]] = counts;
    const isSameKind = counts.size === 1 && firstKind === lastKind;
    const things = [...counts].map(([kind, count]) =>
      isSameKind ? String(count) : `${count} ${count === 1 ? kind.noun : kind.plural}`,
    );
    clauses.push(CLAUSES[verdict](enumerated(things)));
    lastKind = counts.size === 1 ? firstKind : undefined;
  }
  if (clauses.length === 0) return "Changes no resource.";
  const loss = lossOf(counted);
  const isLong = clauses.some((clause) => clause.includes(" and "));
  const sentence = `${enumerated(clauses, isLong ? ", and" : " and")}${loss ? `; ${loss}` : ""}.`;
  return sentence[0].toUpperCase() + sentence.slice(1);
}

function lossOf(resources: readonly PlannedResource[]): string | undefined {
  const lost = resources.filter(({ verdict }) => verdict === "destroy" || verdict === "replace");
  const containers = [...countByKind(lost).keys()].filter((kind) => kind.isContainer);
  if (containers.length > 0) return `what is in the ${enumerated(containers.map(({ noun }) => noun))} is lost`;
  if (resources.some(({ verdict }) => verdict === "destroy" || verdict === "unknown")) return undefined;
  if (lost.some(isRenamedObject)) return undefined;
  const isAnythingRenewed = lost.length > 0 || resources.some(({ verdict }) => verdict === "rotate");
  return isAnythingRenewed ? "nothing is destroyed for good" : "nothing is destroyed";
}

/** An object of Kubernetes that comes back under another name or as another kind is gone under its own. */
function isRenamedObject({ arguments: changed }: PlannedResource): boolean {
  return changed.some(({ path, effect }) => effect === "replace" && /^(manifest\.)?(metadata\.name|kind)$/.test(path));
}

function countByKind(resources: readonly PlannedResource[]): Map<Kind, number> {
  const counts = new Map<Kind, number>();
  for (const resource of resources) {
    const kind = countedKind(resource);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** A cluster is never rotated itself, just its default node pool. */
function countedKind(resource: PlannedResource): Kind {
  const declaration = declarationOf(resource);
  return resource.verdict === "rotate" && declaration.type === CLUSTER ? POOL : kindOf(declaration);
}

function declarationOf({ before, after }: PlannedResource) {
  return (after ?? before)!;
}
