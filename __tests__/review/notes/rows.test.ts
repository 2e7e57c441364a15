import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { cluster, manifest, notesOn } from "../../support/changes";
import { Stack, stackOf } from "../../support/reviews";
import { PROJECT } from "../../support/synth";

const binding = (name: string, subject: string) =>
  stackOf({
    kubernetes_role_binding_v1: {
      b: {
        metadata: { name: "b", namespace: "n" },
        role_ref: { api_group: "rbac.authorization.k8s.io", kind: "ClusterRole", name },
        subject: [{ kind: "User", name: subject, api_group: "rbac.authorization.k8s.io" }],
      },
    },
  });
const mutating = (failurePolicy?: string) => manifest({ kind: "MutatingAdmissionPolicy", spec: { failurePolicy } });

test.each<{ name: string; before: Stack; after: Stack; note: string }>([
  {
    name: "taints of a default pool",
    before: cluster({}, 3),
    after: cluster({ default_node_pool: { name: "default", node_taints: ["a=b:NoSchedule"] } }, 3),
    note: "azurerm refuses `node_taints` of a default node pool",
  },
  {
    name: "a cluster without an identity",
    before: cluster({}),
    after: cluster({ identity: null }),
    note: "azurerm takes exactly one of `identity` and `service_principal`",
  },
  {
    name: "an administrator of a namespace",
    before: stackOf({}),
    after: binding("cluster-admin", "a"),
    note: "may do everything in its namespace",
  },
  {
    name: "another administrator of a namespace",
    before: binding("cluster-admin", "a"),
    after: binding("cluster-admin", "b"),
    note: "may do everything in its namespace",
  },
  {
    name: "a mutating policy",
    before: mutating(),
    after: stackOf({}),
    note: "what it changed stays as it is written",
  },
  {
    name: "a mutating policy that fails open",
    before: mutating(),
    after: mutating("Ignore"),
    note: "pods that the policy cannot change are admitted",
  },
  {
    name: "a binding of a mutating policy",
    before: manifest({ kind: "MutatingAdmissionPolicyBinding", spec: {} }),
    after: stackOf({}),
    note: "its policy changes nothing",
  },
])("$name is told, and is not where it stays", async ({ before, after, note }) => {
  expect(await notesOn(before, after)).toContainEqual(expect.stringContaining(note));
  expect(await notesOn(after, after)).not.toContainEqual(expect.stringContaining(note));
});

const { rows } = JSON.parse(readFileSync(join(PROJECT, "schemas/review-notes.json"), "utf8"));
const files = ["notes", "plan"].map((folder) => join(PROJECT, "__tests__/review", folder));
const tests = files.flatMap((folder) => readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8")));
const SHORTEST_QUOTE = 16;

test.each<{ of: string; says: string }>(rows)("a test quotes what is said of $of: $says", ({ says }) => {
  const pieces = says.split(/\{[^}]*\}|`/).map((piece) => piece.trim());
  const long = pieces.filter((piece) => piece.length >= SHORTEST_QUOTE);
  const quotes = long.flatMap((piece) =>
    Array.from({ length: piece.length - SHORTEST_QUOTE + 1 }, (_, i) => piece.slice(i, i + SHORTEST_QUOTE)),
  );
  const isQuoted = (text: string) =>
    long.length > 0 ? quotes.some((quote) => text.includes(quote)) : pieces.every((piece) => text.includes(piece));
  expect(tests.filter(isQuoted)).not.toEqual([]);
});
