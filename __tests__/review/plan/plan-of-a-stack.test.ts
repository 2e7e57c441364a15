import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { review } from "../../../lib/review";
import { byAddress, reviewOf, verdictsOf, writeStacks } from "../../support/reviews";
import { PROJECT } from "../../support/synth";

/** A stack before and after a change, and what Terraform 1.11 and kubernetes 2.38 planned of it on a cluster, with `-var pods=10`. */
const FOLDER = join(PROJECT, "__tests__/data/plan-of-a-stack");
const [before, after] = ["before", "after"].map((side) => ({
  s: JSON.parse(readFileSync(join(FOLDER, `${side}.json`), "utf8")),
}));

const PLANNED = {
  "kubernetes_config_map_v1.derived": "update",
  "kubernetes_config_map_v1.settings": "replace",
  "kubernetes_config_map_v1.triggered": "replace",
  "kubernetes_limit_range_v1.limits": "update",
  "kubernetes_manifest.kata": "update",
  "kubernetes_namespace_v1.untrusted": "update",
  "kubernetes_network_policy_v1.open": "create",
  "kubernetes_resource_quota_v1.quota": "none",
  "kubernetes_secret_v1.token": "update",
  "kubernetes_service_account_v1.gone": "destroy",
  "terraform_data.counted": "destroy",
  "terraform_data.size": "update",
};

test("without the plan, what only Terraform knows is worse or unknown", async () => {
  expect(verdictsOf(await reviewOf(before, after))).toEqual({
    ...PLANNED,
    "kubernetes_resource_quota_v1.quota": "update", // the variable may be another one
    "kubernetes_secret_v1.token": "unknown", // of a type that the review knows no changes of
    "terraform_data.counted": "unknown",
  });
});

test("with the plan, every verdict is that of Terraform", async () => {
  const folder = mkdtempSync(join(tmpdir(), "review-"));
  const [old, next] = [before, after].map((stacks, i) => writeStacks(join(folder, String(i)), stacks));
  const result = await review(old, next, { plans: { s: join(FOLDER, "plan.json") } });
  rmSync(folder, { recursive: true });
  expect(verdictsOf(result)).toEqual(PLANNED);
  expect(byAddress(result)).toMatchObject({
    "kubernetes_config_map_v1.settings": { arguments: [{ path: "data", effect: "replace" }] },
    "kubernetes_manifest.kata": { arguments: [{ path: "manifest.overhead.podFixed.memory", before: "512Mi" }] },
    "kubernetes_resource_quota_v1.quota": { why: "the plan finds the same" },
    "kubernetes_secret_v1.token": { arguments: [{ path: "data.token", before: "(sensitive)", effect: "update" }] },
  });
  expect(JSON.stringify(result) + result.toMarkdown()).not.toContain("hunter");
  expect(result.notes).toContainEqual(expect.stringContaining("Pod Security goes from `restricted` to `baseline`"));
});
