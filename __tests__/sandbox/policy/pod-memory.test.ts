import { denialsOf } from "../../support/cel";
import { container, initContainers, pod, podWithVolume, SIDECAR } from "../../support/pods";
import { policyOf } from "../../support/policies";

const LIMITS =
  "the memory limits of a pod are the size of its VM: write resources.limits.memory for every container, init containers included, or spec.resources.limits.memory for the pod";
const TOO_LARGE = (memory: string, name: string) =>
  `the memory limits of the pod are more than the ${memory} of runtime class ${name}: lower resources.limits.memory or use a larger class`;
const SMALL = TOO_LARGE("1Gi", "kata-small");
const LARGE = TOO_LARGE("8Gi", "kata-large");
const TOO_SMALL =
  "a VM of less than 128Mi gets another size than its limits say: write resources.limits.memory of 128Mi or more in all";
const NO_LIMIT =
  "a memory limit of 0 is none, and takes that of the whole pod away: write resources.limits.memory of more than 0, or leave it out for the default";
const HUGE_PAGES =
  "huge pages are memory of the node that the class does not count: remove hugepages- from resources, and use memory";
const IN_MEMORY = "volumes in memory are memory of the node that the class does not count: remove emptyDir.medium";
const UNEQUAL = (resource: string, name: string) =>
  `a VM takes the ${resource} of its limits from the start: write the same quantity in resources.requests.${resource} and resources.limits.${resource} of container ${name}`;

const policy = policyOf();

function podOfContainer(resources: object, more: object = {}): object {
  return { metadata: {}, spec: { runtimeClassName: "kata-small", containers: [{ name: "c", resources }], ...more } };
}

function withPodLevel(resources: object, containers: object[] = [container(undefined)]): object {
  return { metadata: {}, spec: { runtimeClassName: "kata-small", containers, resources } };
}

const inits = (memory: { readonly [name: string]: string }, limit = "128Mi") =>
  pod("kata-small", [limit], { initContainers: initContainers(memory) });

describe("the memory of a pod", () => {
  test.each<[string, object, readonly string[]]>([
    ["small", pod("kata-small", ["512Mi"]), []],
    ["of exactly the class's memory", pod("kata-small", ["1Gi"]), []],
    ["in other units", pod("kata-small", ["1024Mi"]), []],
    ["in bytes", pod("kata-small", ["1073741824"]), []],
    ["as a number", pod("kata-small", [1073741824]), []],
    ["in powers of ten", pod("kata-small", ["1G"]), []],
    ["in thousandths", pod("kata-small", ["134217728000m"]), []],
    ["in exponents", pod("kata-small", ["1e9"]), []],
    ["of two containers that fit", pod("kata-small", ["512Mi", "512Mi"]), []],
    ["in mixed units that fit", pod("kata-small", ["0.5Gi", "262144Ki", "268435456"]), []],
    ["of a large class", pod("kata-large", ["4Gi", "4096Mi"]), []],
    ["without init containers", pod("kata-small", ["512Mi"], { initContainers: [] }), []],
    ["of ephemeral containers", pod("kata-small", ["1Gi"], { ephemeralContainers: [container(undefined)] }), []],
    ["of a class without size", pod("kata", ["64Gi"]), []],
    ["of a class without size, without limits", pod("kata", [undefined, undefined]), []],
    ["without limits", pod("kata-small", [undefined]), [LIMITS]],
    ["with no resources at all", podOfContainer({}), [LIMITS]],
    ["with a CPU limit only", podOfContainer({ limits: { cpu: "1" } }), [LIMITS]],
    ["with a request only", podOfContainer({ requests: { memory: "1Gi" } }), [LIMITS, UNEQUAL("memory", "c")]],
    ["with one container without limits", pod("kata-large", ["1Gi", undefined]), [LIMITS]],
    [
      "with an init container without limits",
      pod("kata-small", ["512Mi"], { initContainers: [container(undefined)] }),
      [LIMITS],
    ],
    [
      "with a sidecar without limits",
      pod("kata-small", ["512Mi"], { initContainers: [container(undefined, SIDECAR)] }),
      [LIMITS],
    ],
    ["a byte too large", pod("kata-small", ["1073741825"]), [SMALL]],
    ["too large together", pod("kata-small", ["512Mi", "513Mi"]), [SMALL]],
    ["too large for the large class", pod("kata-large", ["8Gi", "1"]), [LARGE]],
    ["too large in mixed units", pod("kata-small", ["1G", "75Mi"]), [SMALL]],
    ["of the largest number", pod("kata-small", ["9223372036854775807", "9223372036854775807"]), [SMALL]],
    ["of a terabyte", pod("kata-small", ["1Ti"]), [SMALL]],
    ["of 128Mi", pod("kata-small", ["128Mi"]), []],
    ["of 128Mi together", pod("kata-small", ["64Mi", "64Mi"]), []],
    ["under 128Mi", pod("kata-small", ["128M"]), [TOO_SMALL]],
    ["of a byte", pod("kata-small", ["1"]), [TOO_SMALL]],
    ["of a thousandth", pod("kata-small", ["1m"]), [TOO_SMALL]],
    ["of 1e3", pod("kata-small", ["1e3"]), [TOO_SMALL]],
    ["of nothing", pod("kata-small", ["0"]), [TOO_SMALL, NO_LIMIT]],
    ["under 128Mi in a class without size", pod("kata", ["64Mi"]), [TOO_SMALL]],
  ])("%s", (_, object, denials) => {
    expect(denialsOf(policy, { object })).toEqual(denials);
  });
});

describe("what runs at the same time counts:", () => {
  test.each<[string, object, readonly string[]]>([
    ["an init container before a container", inits({ i: "1Gi" }, "1Gi"), []],
    ["init containers one after the other", inits({ i: "1Gi", j: "1Gi" }, "1Gi"), []],
    ["an init container that is too large", inits({ i: "2Gi" }), [SMALL]],
    ["a sidecar that fits", inits({ S: "512Mi" }, "512Mi"), []],
    ["a sidecar that is too large together", inits({ S: "513Mi" }, "512Mi"), [SMALL]],
    ["an init container before a sidecar", inits({ i: "600Mi", S: "512Mi" }), []],
    ["an init container beside a sidecar", inits({ S: "512Mi", i: "600Mi" }), [SMALL]],
    ["an init container that fits beside a sidecar", inits({ S: "512Mi", i: "512Mi" }), []],
    ["an init container between sidecars", inits({ S: "256Mi", i: "768Mi", T: "512Mi" }), []],
    ["one too large between sidecars", inits({ S: "256Mi", i: "769Mi", T: "512Mi" }), [SMALL]],
    ["sidecars together", inits({ S: "512Mi", T: "512Mi" }), [SMALL]],
  ])("%s", (_, object, denials) => {
    expect(denialsOf(policy, { object })).toEqual(denials);
  });
});

describe("resources of the whole pod", () => {
  const gib = { memory: "1Gi" };
  test.each<[string, object, readonly string[]]>([
    ["within the class", withPodLevel({ limits: gib, requests: gib }), []],
    ["in place of those of containers", withPodLevel({ limits: gib }, [container("768Mi"), container("768Mi")]), []],
    ["beyond the class", withPodLevel({ limits: { memory: "64Gi" } }), [SMALL]],
    [
      "beyond the class, with small containers",
      withPodLevel({ limits: { memory: "64Gi" } }, [container("1Gi")]),
      [SMALL],
    ],
    ["under 128Mi", withPodLevel({ limits: { memory: "64Mi" } }), [TOO_SMALL]],
    ["in huge pages", withPodLevel({ limits: { ...gib, "hugepages-2Mi": "64Mi" } }), [HUGE_PAGES]],
  ])("%s", (_, object, denials) => {
    expect(denialsOf(policy, { object })).toEqual(denials);
  });
});

test.each<[string, object, readonly string[]]>([
  ["emptyDir", { emptyDir: {} }, []],
  ["emptyDir of a size", { emptyDir: { sizeLimit: "1Gi", medium: "" } }, []],
  ["emptyDir in memory", { emptyDir: { medium: "Memory", sizeLimit: "1Mi" } }, [IN_MEMORY]],
  ["emptyDir in huge pages", { emptyDir: { medium: "HugePages" } }, [IN_MEMORY]],
])("%s", (_, volume, denials) => {
  expect(denialsOf(policy, { object: podWithVolume(volume) })).toEqual(denials);
});

describe("a resize", () => {
  const request = { operation: "UPDATE", subResource: "resize" };
  const oldObject = pod("kata-small", ["512Mi"]);
  const resources = { limits: { memory: "1Gi" }, requests: { memory: "512Mi" } };
  test.each<[string, object, readonly string[]]>([
    ["within the class", pod("kata-small", ["1Gi"]), []],
    ["beyond the class", pod("kata-small", ["64Gi"]), [SMALL]],
    ["under 128Mi", pod("kata-small", ["64Mi"]), [TOO_SMALL]],
    ["of limits only", podOfContainer(resources), [UNEQUAL("memory", "c")]],
  ])("%s", (_, object, denials) => {
    expect(denialsOf(policy, { object, oldObject, request })).toEqual(denials);
  });
});
