import { SERVICE_TYPES_ANNOTATION } from "../../../lib/sandbox/policy/policy-names";
import { denialsOf } from "../../support/cel";
import { policyOf } from "../../support/policies";

const TYPE = (types: string) =>
  `services of this namespace have no address outside the cluster: write spec.type: ${types}`;
const EXTERNAL_IPS = "external IPs take traffic of other addresses over: remove spec.externalIPs";
const MAY_UPDATE_POLICY = "admissionregistration.k8s.io validatingadmissionpolicies sandbox update";

const policy = policyOf("sandbox-services");
const opened = { metadata: { annotations: { [SERVICE_TYPES_ANNOTATION]: "LoadBalancer,NodePort" } } };
const withLoadBalancer = { metadata: { annotations: { [SERVICE_TYPES_ANNOTATION]: "LoadBalancer" } } };

describe("a Service", () => {
  test.each<[string, object, object | undefined, readonly string[]]>([
    ["of the cluster", { type: "ClusterIP" }, undefined, []],
    ["without a type", {}, undefined, []],
    ["of another name", { type: "ExternalName", externalName: "example.com" }, undefined, []],
    ["with a load balancer", { type: "LoadBalancer" }, undefined, [TYPE("ClusterIP or ExternalName")]],
    ["with a node port", { type: "NodePort" }, undefined, [TYPE("ClusterIP or ExternalName")]],
    ["with external IPs", { type: "ClusterIP", externalIPs: ["1.2.3.4"] }, undefined, [EXTERNAL_IPS]],
    ["with no external IPs", { type: "ClusterIP", externalIPs: [] }, undefined, []],
    ["with a load balancer that is opened", { type: "LoadBalancer" }, withLoadBalancer, []],
    [
      "with a node port that is not",
      { type: "NodePort" },
      withLoadBalancer,
      [TYPE("ClusterIP or ExternalName or LoadBalancer")],
    ],
    ["with a node port that is opened", { type: "NodePort" }, opened, []],
    ["with external IPs, which cannot be opened", { externalIPs: ["1.2.3.4"] }, opened, [EXTERNAL_IPS]],
  ])("%s", (_, spec, namespace, denials) => {
    expect(denialsOf(policy, { object: { spec }, namespace })).toEqual(denials);
  });

  test("of whoever may update the policy is not held", () => {
    const object = { spec: { type: "LoadBalancer", externalIPs: ["1.2.3.4"] } };
    expect(denialsOf(policy, { object, rights: [MAY_UPDATE_POLICY] })).toEqual([]);
    expect(denialsOf(policy, { object, rights: [MAY_UPDATE_POLICY.replace("sandbox", "other")] })).toHaveLength(2);
  });

  const request = { operation: "UPDATE" };
  const loadBalancer = { spec: { type: "LoadBalancer", ports: [{ port: 80 }] } };

  test("cannot become a load balancer", () => {
    const oldObject = { spec: { type: "ClusterIP", ports: [{ port: 80 }] } };
    expect(denialsOf(policy, { object: loadBalancer, oldObject, request })).toHaveLength(1);
    expect(denialsOf(policy, { object: oldObject, oldObject: loadBalancer, request })).toEqual([]);
  });

  test("from before the policy can get labels, and nothing else", () => {
    const labelled = { ...loadBalancer, metadata: { labels: { a: "b" } } };
    expect(denialsOf(policy, { object: labelled, oldObject: loadBalancer, request })).toEqual([]);
    const moved = { spec: { ...loadBalancer.spec, ports: [{ port: 81 }] } };
    expect(denialsOf(policy, { object: moved, oldObject: loadBalancer, request })).toHaveLength(1);
  });
});
