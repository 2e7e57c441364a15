import { denialsOf } from "../../support/cel";
import { SIDECAR } from "../../support/pods";
import { policyOf } from "../../support/policies";

const UNEQUAL = (resource: string, name = "c") =>
  `a VM takes the ${resource} of its limits from the start: write the same quantity in resources.requests.${resource} and resources.limits.${resource} of container ${name}`;
const UNEQUAL_POD = (resource: string) =>
  `a VM takes the ${resource} of its limits from the start: write the same quantity in spec.resources.requests.${resource} and spec.resources.limits.${resource}`;
const NO_LIMIT = (resource: string) =>
  `a ${resource} limit of 0 is none, and takes that of the whole pod away: write resources.limits.${resource} of more than 0, or leave it out for the default`;
const HUGE_PAGES =
  "huge pages are memory of the node that the class does not count: remove hugepages- from resources, and use memory";

const policy = policyOf();

/** A container with equal limits and requests, as the API server fills them in. */
function sized(limits: object, more: object = {}): object {
  return { name: "c", resources: { limits, requests: limits }, ...more };
}

function podOf(containers: readonly object[], more: object = {}): object {
  return { metadata: {}, spec: { runtimeClassName: "kata-small", containers, ...more } };
}

describe("resources of a container", () => {
  const half = { memory: "512Mi", cpu: "500m" };
  test.each<[string, object, readonly string[]]>([
    ["equal", { limits: { memory: "1Gi", cpu: "1" }, requests: { memory: "1Gi", cpu: "1" } }, []],
    ["equal in other units", { limits: { memory: "1Gi", cpu: "1" }, requests: { memory: "1024Mi", cpu: "1000m" } }, []],
    ["of the least CPU", { limits: { memory: "1Gi", cpu: "1m" }, requests: { memory: "1Gi", cpu: "1m" } }, []],
    ["below the limit", { limits: { memory: "1Gi" }, requests: { memory: "64Mi" } }, [UNEQUAL("memory")]],
    ["of nothing", { limits: { memory: "1Gi" }, requests: { memory: "0" } }, [UNEQUAL("memory")]],
    ["of CPU below the limit", { limits: { memory: "1Gi", cpu: "1" }, requests: { cpu: "1m" } }, [UNEQUAL("cpu")]],
    ["of CPU without a limit", { limits: { memory: "1Gi" }, requests: { cpu: "1" } }, [UNEQUAL("cpu")]],
    ["of something else", { limits: { memory: "1Gi" }, requests: { "ephemeral-storage": "1Gi" } }, []],
    ["in huge pages", { limits: { memory: "1Gi", "hugepages-1Gi": "1Gi" } }, [HUGE_PAGES]],
    ["of no CPU", { limits: { memory: "1Gi", cpu: "0" }, requests: { cpu: "0" } }, [NO_LIMIT("cpu")]],
    ["of no CPU in thousandths", { limits: { memory: "1Gi", cpu: "0m" } }, [NO_LIMIT("cpu")]],
  ])("%s", (_, resources, denials) => {
    expect(denialsOf(policy, { object: podOf([{ name: "c", resources }]) })).toEqual(denials);
  });

  test.each<[string, object, readonly string[]]>([
    ["one without memory beside another", podOf([sized(half), sized({ memory: "0" })]), [NO_LIMIT("memory")]],
    ["one without CPU beside another", podOf([sized(half), sized({ memory: "1Mi", cpu: "0" })]), [NO_LIMIT("cpu")]],
    [
      "a sidecar without CPU",
      podOf([sized(half)], { initContainers: [sized({ memory: "1Mi", cpu: 0 }, SIDECAR)] }),
      [NO_LIMIT("cpu")],
    ],
    [
      "one of a class without size",
      { metadata: {}, spec: { runtimeClassName: "kata", containers: [sized({ cpu: "0" })] } },
      [NO_LIMIT("cpu")],
    ],
  ])("%s", (_, object, denials) => {
    expect(denialsOf(policy, { object })).toEqual(denials);
  });
});

describe("resources of the whole pod", () => {
  const gib = { memory: "1Gi" };
  const withPodLevel = (resources: object, containers = [sized(gib)], more: object = {}) =>
    podOf(containers, { resources, ...more });
  const tenths = ["700m", "100m"].map((cpu) => sized({ memory: "128Mi", cpu }));
  const initContainers = [
    sized({ cpu: "300m", memory: "128Mi" }, { name: "s", ...SIDECAR }),
    sized({ cpu: "500m", memory: "512Mi" }, { name: "i" }),
  ];
  test.each<[string, object, readonly string[]]>([
    ["equal", withPodLevel({ limits: gib, requests: { memory: "1024Mi" } }), []],
    ["of memory with a smaller request", withPodLevel({ limits: gib, requests: { memory: "128Mi" } }), ["memory"]],
    ["of CPU with a smaller request", withPodLevel({ limits: { cpu: "2" }, requests: { cpu: "1" } }), ["cpu"]],
    ["of CPU, with the memory that Kubernetes fills in", withPodLevel({ limits: { cpu: "2" }, requests: gib }), []],
    ["requested as its containers are", withPodLevel({ requests: gib }), []],
    ["requested beyond its containers", withPodLevel({ requests: { memory: "13Gi" } }), ["memory"]],
    ["of CPU requested beyond its containers", withPodLevel({ requests: { cpu: "3" } }), ["cpu"]],
    ["of CPU requested as its containers are", withPodLevel({ requests: { cpu: "0.8" } }, tenths), []],
    ["of CPU requested a little beyond them", withPodLevel({ requests: { cpu: "801m" } }, tenths), ["cpu"]],
    [
      "requested as an init container beside a sidecar",
      withPodLevel({ requests: { cpu: "800m", memory: "640Mi" } }, [sized({ memory: "128Mi" })], { initContainers }),
      [],
    ],
    [
      "requested beyond an init container beside a sidecar",
      withPodLevel({ requests: { cpu: "900m", memory: "641Mi" } }, [sized({ memory: "128Mi" })], { initContainers }),
      ["memory", "cpu"],
    ],
  ])("%s", (_, object, resources) => {
    expect(denialsOf(policy, { object })).toEqual(resources.map(UNEQUAL_POD));
  });

  test("hold containers that have no limit", () => {
    const object = withPodLevel({ limits: { ...gib, cpu: "1" } }, [sized({ memory: "0", cpu: "0" })]);
    expect(denialsOf(policy, { object })).toEqual([]);
  });
});

test("a resize to no CPU is denied", () => {
  const object = podOf([sized({ memory: "512Mi", cpu: "0" })]);
  const oldObject = podOf([sized({ memory: "512Mi", cpu: "1" })]);
  const request = { operation: "UPDATE", subResource: "resize" };
  expect(denialsOf(policy, { object, oldObject, request })).toEqual([NO_LIMIT("cpu")]);
});
