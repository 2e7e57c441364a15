import { App } from "cdktf";
import { AksClusterProps, AzurermVersion, PodSandboxing, SandboxStack } from "../../lib";
import { clusterIn, clusterStack } from "../support/clusters";
import { reviewOf } from "../support/reviews";
import { failuresIn } from "../support/schema-failures";

const RELEASES = [PodSandboxing.PREVIEW, PodSandboxing.GA, PodSandboxing.GA.on(AzurermVersion.V5)];

/** The two profiles that the warning advises. */
function advised(): readonly AksClusterProps["networkProfile"][] {
  const app = new App();
  const cluster = clusterIn(app);
  const { node } = new SandboxStack(app, "sandbox", { cluster }).addNamespace("untrusted");
  const [text] = node.metadata.map(({ data }) => String(data)).filter((data) => data.includes("no engine"));
  return [...text.matchAll(/networkProfile: (\{.*?\})/g)].map(([, profile]) =>
    JSON.parse(profile.replace(/(\w+):/g, '"$1":')),
  );
}

const [forNew, forExisting] = advised();

describe.each(RELEASES)("on azurerm $azurermVersion.major", (podSandboxing) => {
  test.each([
    ["a new cluster", forNew],
    ["one that exists", forExisting],
  ])("the profile for %s is complete and valid", (_, networkProfile) => {
    expect(failuresIn(clusterStack({ podSandboxing, networkProfile }), "json")).toEqual([]);
    expect(networkProfile).toHaveProperty("networkPolicy");
  });

  test("that for one that exists is an update in place, as the review says", async () => {
    const [change] = await changesFor(podSandboxing, forExisting);
    expect(change).toMatchObject({ address: "azurerm_kubernetes_cluster.aks", verdict: "update" });
  });
});

test("that for a new cluster would replace one on azurerm 3", async () => {
  expect(await changesFor(PodSandboxing.PREVIEW, forNew)).toMatchObject([{ verdict: "replace" }]);
});

async function changesFor(podSandboxing: PodSandboxing, networkProfile: AksClusterProps["networkProfile"]) {
  const { changes } = await reviewOf(
    { cluster: clusterStack({ podSandboxing }) },
    { cluster: clusterStack({ podSandboxing, networkProfile }) },
  );
  return changes;
}
