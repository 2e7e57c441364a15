import { notesOn } from "../../support/changes";
import { clusterWith, reviewOf, stackOf } from "../../support/reviews";

describe("providers and state", () => {
  test("another major, once for all stacks", async () => {
    const [three, four] = [3, 4].map((major) => {
      const stack = stackOf(clusterWith(), {}, major as 3 | 4);
      return { cluster: stack, sandbox: stack };
    });
    expect((await reviewOf(three, four)).notes).toEqual([
      "stack `cluster` and stack `sandbox`: `azurerm` goes from `>= 3.105.0, < 4.0.0` to `>= 4.78.0, < 5.0.0`, another major version: read its upgrade guide first, as no older version reads the state that a newer one writes",
    ]);
    expect((await reviewOf(four, three)).notes).toEqual([
      "stack `cluster` and stack `sandbox`: `azurerm` goes from `>= 4.78.0, < 5.0.0` to `>= 3.105.0, < 4.0.0`, another major version: read its upgrade guide first, as no older version reads the state that a newer one writes",
    ]);
  });

  test("a state that moves, without its secrets", async () => {
    const at = (backend: object) => {
      const stack = stackOf({}) as { terraform: object };
      return { ...stack, terraform: { ...stack.terraform, backend } };
    };
    const azure = { storage_account_name: "state", container_name: "c", key: "k", access_key: "hunter2" };
    const [note, ...more] = await notesOn(at({ local: { path: "a" } }), at({ azurerm: azure }));
    expect(note).toBe(
      "stack `s`: its state moves from `local a` to `azurerm state c k`: deploy it once with `cdktf deploy --migrate-state`, or the next deployment knows of nothing and creates everything again",
    );
    expect(more).toEqual([]);
    expect(await notesOn(at({ azurerm: azure }), at({ azurerm: azure }))).toEqual([]);
  });

  test.each<{ kind: string; way: string }>([
    { kind: "azurerm", way: "access_key" },
    { kind: "azurerm", way: "sas_token" },
    { kind: "azurerm", way: "use_oidc" },
    { kind: "azurerm", way: "client_secret" },
    { kind: "azurerm", way: "tenant_id" },
    { kind: "azurerm", way: "snapshot" },
    { kind: "s3", way: "dynamodb_table" },
    { kind: "s3", way: "profile" },
    { kind: "gcs", way: "credentials" },
    { kind: "http", way: "unlock_method" },
  ])("a state in $kind that is reached by another $way", async ({ kind, way }) => {
    const at = (value: string) => ({ terraform: { backend: { [kind]: { key: "k", [way]: value } } } });
    expect(await notesOn(at("hunter2"), at("hunter3"))).toEqual([
      "stack `s`: its state is reached in another way: run `terraform init -reconfigure` with it",
    ]);
  });

  test.each<{ name: string; before: object; after: object }>([
    {
      name: "of a kind that few use",
      before: { http: { address: "https://a" } },
      after: { http: { address: "https://b" } },
    },
    { name: "in HCP Terraform", before: { cloud: { organization: "a" } }, after: { cloud: { organization: "b" } } },
    { name: "in a workspace", before: { s3: { key: "k", workspace_key_prefix: "a" } }, after: { s3: { key: "k" } } },
  ])("a state that moves $name", async ({ before, after }) => {
    const at = (backend: object) => ({ terraform: "cloud" in backend ? backend : { backend } });
    expect(await notesOn(at(before), at(after))).toEqual([expect.stringContaining("stack `s`: its state moves from")]);
  });

  test.each<{ kind: string; config: object }>([
    { kind: "local", config: { path: "a", workspace_dir: "b" } },
    {
      kind: "azurerm",
      config: { subscription_id: "a", resource_group_name: "b", storage_account_name: "c", container_name: "d" },
    },
    { kind: "remote", config: { hostname: "a", organization: "b" } },
    { kind: "s3", config: { bucket: "a", region: "b" } },
    { kind: "gcs", config: { bucket: "a", prefix: "b" } },
  ])("the place of a state in $kind", async ({ kind, config }) => {
    const at = (backend: object) => ({ terraform: { backend } });
    const place = Object.values<string>({ ...config }).join(" ");
    expect(await notesOn(at({ http: {} }), at({ [kind]: config }))).toEqual([
      expect.stringContaining(`moves from \`http\` to \`${kind} ${place}\`: deploy it once`),
    ]);
  });

  test("a state that is written where it is by default", async () => {
    const terraform = { backend: { local: { path: "terraform.tfstate" } } };
    expect(await notesOn({}, { terraform })).toEqual([]);
  });

  test("a state and a provider in blocks of their own", async () => {
    const blocks = (key: string) =>
      ['terraform {\nrequired_version = "1"\n}', `terraform {\nbackend "azurerm" {\nkey = "${key}"\n}\n}`].join("\n");
    expect(await notesOn(blocks("a"), blocks("a"))).toEqual([]);
    expect(await notesOn(blocks("a"), blocks("b"))).toEqual([
      expect.stringContaining("stack `s`: its state moves from `azurerm a` to `azurerm b`"),
    ]);
  });

  test("a version that is judged by another one", async () => {
    const old = { terraform: { required_providers: { azurerm: { version: "4.10.0" } } } };
    expect(await notesOn(old, old)).toEqual([
      "stack `s`: `azurerm` `4.10.0` is judged by what version `4.81.0` does, which may differ",
    ]);
  });

  test("a provider from elsewhere", async () => {
    const from = (source?: string, version?: string) => ({
      terraform: { required_providers: { azurerm: { source, version } } },
    });
    expect(await notesOn(from("hashicorp/azurerm"), from("acme/azurerm"))).toEqual([
      "stack `s`: `azurerm` comes from `acme/azurerm` instead of `hashicorp/azurerm`",
    ]);
    for (const more of [from("hashicorp/azurerm"), from(undefined, ">= 4.78.0")]) {
      expect(await notesOn(from(), more)).toEqual([]);
      expect(await notesOn(more, from())).toEqual([]);
    }
  });

  test("not a provider whose source is written in another way", async () => {
    const from = (source: string) => ({
      terraform: { required_providers: { azurerm: { source, version: "4.81.0" } } },
    });
    for (const same of ["azurerm", "registry.terraform.io/hashicorp/azurerm"]) {
      expect(await notesOn(from("hashicorp/azurerm"), from(same))).toEqual([]);
      expect(await notesOn(from(same), from("hashicorp/azurerm"))).toEqual([]);
    }
  });

  test("that a subscription changes where nothing else does, in the summary, too", async () => {
    const as = (subscription_id: string) =>
      stackOf({}, { provider: { azurerm: [{ features: [{}], subscription_id }] } });
    expect((await reviewOf({ s: as("a") }, { s: as("b") })).summary).toBe("Changes no resource; read the warnings.");
  });

  test("nothing of a provider that no schema is known of", async () => {
    const random = { terraform: { required_providers: { random: { source: "hashicorp/random", version: "~> 3.0" } } } };
    expect(await notesOn(random, random)).toEqual([]);
  });

  test("a version that is not known", async () => {
    const next = { terraform: { required_providers: { azurerm: { version: ">= 6.0.0" } } } };
    expect(await notesOn(next, next)).toEqual([
      "stack `s`: `azurerm` `>= 6.0.0` is not known to this review: what is written alike is taken to be alike",
    ]);
  });

  test("a provider that logs in otherwise, without its secrets", async () => {
    const as = (config: object) => stackOf({}, { provider: { azurerm: [{ features: [{}], ...config }] } });
    expect(
      await notesOn(as({ subscription_id: "a", client_secret: "x" }), as({ subscription_id: "b", client_secret: "y" })),
    ).toEqual([
      "stack `s`: provider `azurerm` is configured differently: `client_secret, subscription_id a → b`",
      "stack `s`: provider `azurerm` looks for data sources and makes new resources in subscription `b`, while those in the state stay in `a`",
    ]);
    for (const identity of ["tenant_id", "environment"])
      expect(await notesOn(as({ [identity]: "a" }), as({ [identity]: "b" }))).toEqual([
        `stack \`s\`: provider \`azurerm\` is configured differently: \`${identity} a → b\``,
      ]);
    const to = (config: object) => stackOf({}, { provider: { kubernetes: [config] } });
    for (const identity of ["config_path", "config_context"])
      expect(await notesOn(to({ [identity]: "a" }), to({ [identity]: "b" }))).toEqual([
        `stack \`s\`: provider \`kubernetes\` is configured differently: \`${identity} a → b\``,
      ]);
  });

  test("a provider with an alias", async () => {
    const as = (...configs: object[]) => stackOf({}, { provider: { azurerm: configs } });
    const first = { features: [{}] };
    const other = { features: [{}], alias: "other", subscription_id: "a" };
    expect(await notesOn(as(first, other), as({ ...other, subscription_id: "b" }, first))).toEqual([
      "stack `s`: provider `azurerm.other` is configured differently: `subscription_id a → b`",
      "stack `s`: provider `azurerm.other` looks for data sources and makes new resources in subscription `b`, while those in the state stay in `a`",
    ]);
    expect(await notesOn(as(first), as(first, other))).toEqual(["stack `s`: provider `azurerm.other` is new"]);
    expect(await notesOn(as(first, other), as(first))).toEqual(["stack `s`: provider `azurerm.other` is taken away"]);
  });
});
