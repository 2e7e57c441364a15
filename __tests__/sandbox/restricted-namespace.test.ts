import { NetworkPeer } from "../../lib";
import { sandboxStack } from "../support/clusters";

test("default-deny is deleted first, so that nothing else goes where its deletion is refused", () => {
  const { resource } = sandboxStack((sandbox) => {
    sandbox.addRuntimeClass("kata", { podMemory: "1Gi" });
    const peer = NetworkPeer.namespace("gateway");
    const untrusted = sandbox.addNamespace("untrusted", { egress: [{ peer }], ingress: [{ peer }] });
    untrusted.addServiceAccount("jobs", {
      workloadIdentity: {
        identityName: "jobs",
        resourceGroupName: "myResourceGroup",
        namespaceName: "untrusted",
        serviceAccountName: "jobs",
      },
    });
  });
  const inNamespace = Object.entries<object>(resource)
    .filter(([type]) => type !== "kubernetes_manifest")
    .flatMap(([type, resources]) => Object.keys(resources).map((id) => `${type}.${id}`));
  const isDefaultDeny = (address: string) => address.includes("default-deny");
  const [defaultDeny] = inNamespace.filter(isDefaultDeny).map((address) => address.split(".")[1]);
  expect(inNamespace).toHaveLength(10);
  expect([...resource.kubernetes_network_policy_v1[defaultDeny].depends_on].sort()).toEqual(
    inNamespace.filter((address) => !isDefaultDeny(address)).sort(),
  );
});
