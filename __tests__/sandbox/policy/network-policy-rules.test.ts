import { POLICY_LABEL, TENANT_NETWORK_POLICIES_ANNOTATION } from "../../../lib/sandbox/policy/policy-names";
import { AdmissionRequest, denialsOf } from "../../support/cel";
import { policyOf } from "../../support/policies";

const OF_STACK =
  "network policies of this namespace are written by its sandbox stack: ask for egress or ingress of the namespace there";
const ADDRESSES =
  "network policies of this namespace's users open traffic among pods: write podSelector or namespaceSelector in every egress rule, and ask for addresses as egress of the namespace in its sandbox stack";

const policy = policyOf("sandbox-network-policies");
const group = (name = "networking.k8s.io") => ({ resource: { group: name } });
const opened = { metadata: { annotations: { [TENANT_NETWORK_POLICIES_ANNOTATION]: "true" } } };
const defaultDeny = { metadata: { labels: { [POLICY_LABEL]: "sandbox" } }, spec: { podSelector: {} } };

const create = (spec: object, more: Partial<AdmissionRequest> = {}) =>
  denialsOf(policy, { object: { metadata: {}, spec }, request: group(), ...more });
const change = (oldObject: object, object: object | undefined, more: Partial<AdmissionRequest> = {}) =>
  denialsOf(policy, {
    object,
    oldObject,
    ...more,
    request: { operation: object ? "UPDATE" : "DELETE", ...group(), ...more.request },
  });

describe("a tenant", () => {
  test("writes no network policy", () => {
    expect(create({ egress: [{}] })).toEqual([OF_STACK]);
    expect(create({})).toEqual([OF_STACK]);
  });

  test("changes and deletes none", () => {
    expect(change(defaultDeny, { ...defaultDeny, spec: { egress: [{}] } })).toEqual([OF_STACK]);
    expect(change(defaultDeny, undefined)).toEqual([OF_STACK]);
    expect(change({ metadata: {}, spec: {} }, undefined)).toEqual([OF_STACK]);
  });

  test.each(["cilium.io", "crd.projectcalico.org", "projectcalico.org"])("writes none of %s, ever", (other) => {
    expect(create({ egress: [] }, { request: group(other) })).toEqual([OF_STACK]);
    expect(create({ egress: [] }, { request: group(other), namespace: opened })).toEqual([OF_STACK]);
    const { resourceRules } = policy.spec.matchConstraints;
    expect(resourceRules.flatMap(({ apiGroups }: { apiGroups: string[] }) => apiGroups)).toContain(other);
  });
});

describe("others that are not held:", () => {
  test("whoever may update the policy", () => {
    const rights = ["admissionregistration.k8s.io validatingadmissionpolicies sandbox update"];
    expect(create({ egress: [{}] }, { rights })).toEqual([]);
    expect(change(defaultDeny, undefined, { rights })).toEqual([]);
    expect(create({ egress: [{}] }, { rights: [rights[0].replace("update", "get")] })).toEqual([OF_STACK]);
  });

  test("the controller that empties a namespace", () => {
    const userInfo = { username: "system:serviceaccount:kube-system:namespace-controller" };
    expect(change(defaultDeny, undefined, { request: { userInfo } })).toEqual([]);
    const tenants = { username: "system:serviceaccount:untrusted:namespace-controller" };
    expect(change(defaultDeny, undefined, { request: { userInfo: tenants } })).toEqual([OF_STACK]);
  });
});

describe("where tenants may write network policies", () => {
  const toPods = { to: [{ podSelector: {} }, { namespaceSelector: { matchLabels: { a: "b" } } }] };

  test.each<[string, object, readonly string[]]>([
    ["to pods", { egress: [toPods] }, []],
    ["from anywhere", { ingress: [{}] }, []],
    ["that denies", { egress: [] }, []],
    ["to everything", { egress: [{}] }, [ADDRESSES]],
    ["to everything beside pods", { egress: [toPods, { to: [] }] }, [ADDRESSES]],
    ["to ports of everything", { egress: [{ ports: [{ port: 80 }] }] }, [ADDRESSES]],
    ["to addresses", { egress: [{ to: [{ ipBlock: { cidr: "169.254.169.254/32" } }] }] }, [ADDRESSES]],
    [
      "to addresses beside pods",
      { egress: [{ to: [{ podSelector: {} }, { ipBlock: { cidr: "0.0.0.0/0" } }] }] },
      [ADDRESSES],
    ],
  ])("%s", (_, spec, denials) => {
    expect(create(spec, { namespace: opened })).toEqual(denials);
  });

  test("those of the stack stay", () => {
    expect(change(defaultDeny, undefined, { namespace: opened })).toEqual([OF_STACK]);
    expect(change(defaultDeny, { metadata: {}, spec: {} }, { namespace: opened })).toEqual([OF_STACK]);
  });

  test("their own can change and go", () => {
    const own = { metadata: {}, spec: { egress: [toPods] } };
    expect(change(own, undefined, { namespace: opened })).toEqual([]);
    expect(change(own, { metadata: {}, spec: { ingress: [{}] } }, { namespace: opened })).toEqual([]);
    expect(change(own, { metadata: {}, spec: { egress: [{}] } }, { namespace: opened })).toEqual([ADDRESSES]);
  });
});
