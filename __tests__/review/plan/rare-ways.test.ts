import { POOL, poolChange, clusterChange, verdicts } from "../../support/changes";
import { clusterWith, reviewOf, stackOf } from "../../support/reviews";

describe("what is written in ways that few use", () => {
  test("a block that Terraform makes and that is taken away", async () => {
    const change = await poolChange(
      { dynamic: { kubelet_config: { for_each: [1], content: { pod_max_pid: 9 } } } },
      {},
    );
    expect(change).toMatchObject({ verdict: "unknown", arguments: [{ path: "dynamic" }] });
  });

  test("what the provider computes", async () => {
    expect(await clusterChange({ fqdn: "a" }, { fqdn: "b" })).toMatchObject({ verdict: "unknown" });
  });

  test("a provider under another name", async () => {
    const az = (vm_size: string) => ({
      terraform: { required_providers: { az: { source: "hashicorp/azurerm", version: "3.116.0" } } },
      resource: clusterWith({ provider: "az" }, { provider: "az", vm_size }),
    });
    expect(await verdicts(az("a"), az("b"))).toMatchObject({ [POOL]: "replace" });
    const short = (vm_size: string) => ({
      terraform: { required_providers: { azurerm: "3.116.0" } },
      resource: clusterWith({}, { vm_size }),
    });
    expect(await verdicts(short("a"), short("b"))).toMatchObject({ [POOL]: "replace" });
  });

  test("a provider that is the default one anyway", async () => {
    expect(await poolChange({}, { provider: "azurerm" })).toMatchObject({ verdict: "none" });
    expect(await poolChange({}, { provider: "azurerm.other" })).toMatchObject({ verdict: "unknown" });
  });

  test("a constraint that excludes a version", async () => {
    const excluding = (vm_size: string) => ({
      ...stackOf(clusterWith({}, { vm_size })),
      terraform: { required_providers: { azurerm: { version: ">= 4.0, != 4.50.0, < 5.0" } } },
    });
    expect(await verdicts(excluding("a"), excluding("b"))).toMatchObject({ [POOL]: "rotate" });
  });

  test("a version that the project has no schema of", async () => {
    const on = (version: string, label: string) => ({
      terraform: { required_providers: { kubernetes: { version } } },
      resource: { kubernetes_namespace_v1: { n: { metadata: [{ name: "n", labels: { a: label } }] } } },
    });
    const namespace = "kubernetes_namespace_v1.n";
    expect(await verdicts(on("~> 2.38", "a"), on("~> 4.0", "a"))).toEqual({ [namespace]: "none" });
    expect(await verdicts(on("~> 2.38", "a"), on("~> 4.0", "b"))).toEqual({ [namespace]: "unknown" });
    expect(await verdicts(on("~> 4.0", "a"), on("~> 4.0", "a"))).toEqual({ [namespace]: "none" });
  });

  test("an attribute whose parts the schema does not tell", async () => {
    const policy = (failure_policy: string) => ({
      terraform: { required_providers: { kubernetes: { version: "3.2.1" } } },
      resource: { kubernetes_validating_admission_policy_v1: { p: { spec: { failure_policy } } } },
    });
    expect(await verdicts(policy("Fail"), policy("Fail"))).toEqual({
      "kubernetes_validating_admission_policy_v1.p": "none",
    });
    expect(await verdicts(policy("Fail"), policy("Ignore"))).toEqual({
      "kubernetes_validating_admission_policy_v1.p": "unknown",
    });
  });

  test("comments in blocks", async () => {
    const settings = { upgrade_settings: { max_surge: "10%" } };
    const commented = { "//": "why", upgrade_settings: { max_surge: "10%", "//": { a: "b" } } };
    expect(await poolChange(settings, commented)).toMatchObject({ verdict: "none" });
  });

  test("arguments at the places of azurerm 3 that are ignored", async () => {
    const ranges = (range: string) => ({
      api_server_authorized_ip_ranges: [range],
      lifecycle: { ignore_changes: ["api_server_authorized_ip_ranges"] },
    });
    expect(await clusterChange(ranges("10.0.0.0/8"), ranges("10.0.0.0/9"), 3)).toMatchObject({ verdict: "none" });
  });

  test("one of several tags that is ignored", async () => {
    const tagged = (one: string, two: string) => ({
      tags: { 1: one, 2: two },
      lifecycle: { ignore_changes: ['tags["1"]'] },
    });
    expect(await poolChange(tagged("a", "a"), tagged("b", "a"))).toMatchObject({ verdict: "none" });
    expect(await poolChange(tagged("a", "a"), tagged("a", "b"))).toMatchObject({ verdict: "update" });
  });

  test("a resource that becomes one of another type", async () => {
    const metadata = { name: "n" };
    const moved = { moved: [{ from: "kubernetes_namespace.n", to: "kubernetes_namespace_v1.n" }] };
    const result = await reviewOf(
      { s: stackOf({ kubernetes_namespace: { n: { metadata } } }) },
      { s: stackOf({ kubernetes_namespace_v1: { n: { metadata } } }, moved) },
    );
    expect(result.changes).toMatchObject([
      { verdict: "unknown", why: "its `moved` block makes another type of it, which few providers can do" },
    ]);
  });

  test("resources that go in circles", async () => {
    const circle = stackOf({
      terraform_data: { a: { input: "x${terraform_data.b.input}" }, b: { input: "x${terraform_data.a.input}" } },
    });
    expect(await verdicts(circle, circle)).toEqual({ "terraform_data.a": "none", "terraform_data.b": "none" });
  });

  test("local values that go in circles", async () => {
    const circle = stackOf(clusterWith({}, { vm_size: "${local.a}" }), {
      locals: { a: "${local.b}", b: "${local.a}" },
    });
    expect(await verdicts(circle, circle)).toMatchObject({ [POOL]: "none" });
  });
});
