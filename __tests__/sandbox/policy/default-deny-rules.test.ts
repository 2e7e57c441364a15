import { denialsOf } from "../../support/cel";
import { policyOf, writtenPolicies } from "../../support/policies";

const OPEN =
  "pods of namespace untrusted run and would have an open network: try again when they have ended, or delete the namespace first, which ends pods before network policies, with kubectl delete namespace untrusted";

const policy = policyOf("sandbox-default-deny");

function deletion(params: object, name = "default-deny", username = "terraform"): string[] {
  return denialsOf(policy, {
    oldObject: { metadata: { name } },
    namespace: { metadata: { name: "untrusted", deletionTimestamp: "2026-11-27T00:00:00Z" } },
    params,
    request: { operation: "DELETE", userInfo: { username } },
  });
}

test("default-deny stays while there are pods, whoever deletes it", () => {
  expect(deletion({ status: { used: { pods: "1" } } })).toEqual([OPEN]);
  expect(deletion({ status: { used: { pods: "0" } } })).toEqual([]);
});

test("default-deny stays while pods are not counted yet", () => {
  expect(deletion({})).toEqual([OPEN]);
  expect(deletion({ status: {} })).toEqual([OPEN]);
  expect(deletion({ status: { used: {} } })).toEqual([OPEN]);
});

test("default-deny goes with its namespace, and other policies when they like", () => {
  const controller = "system:serviceaccount:kube-system:namespace-controller";
  expect(deletion({ status: { used: { pods: "1" } } }, "default-deny", controller)).toEqual([]);
  expect(deletion({ status: { used: { pods: "1" } } }, "egress")).toEqual([]);
});

test("pods are counted by a quota of tenants' namespaces, without which the policy holds nothing", () => {
  expect(policy.spec.paramKind).toEqual({ apiVersion: "v1", kind: "ResourceQuota" });
  const [{ manifest }] = writtenPolicies().filter(
    ({ manifest: { kind, metadata } }) => metadata.name === policy.metadata.name && kind.endsWith("Binding"),
  );
  expect(manifest.spec.paramRef).toEqual({ name: "pod-count", parameterNotFoundAction: "Allow" });
});
