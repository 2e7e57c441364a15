import { App, LocalBackend } from "cdktf";
import { ClusterAccess, ClusterStack, StateBackend } from "../lib";

type Mistake = readonly [make: () => unknown, message: string];

const NAMES = { storageAccountName: "state", containerName: "tfstate" };
const storage = (options: unknown) => () => StateBackend.azureStorage(options as never);
const hcp = (options: unknown) => () => StateBackend.hcpTerraform(options as never);
const kubelogin = (options: unknown) => () => ClusterAccess.kubelogin(options as never);
const kubeconfig = (options: unknown) => () => ClusterAccess.kubeconfig(options as never);

describe("options of functions that make no construct", () => {
  test.each<Mistake>([
    [
      storage(undefined),
      "props are undefined: write an object with storageAccountName, containerName [StateBackend.azureStorage]",
    ],
    [
      storage({}),
      "storageAccountName is missing (got undefined): write 3 to 24 lowercase letters and digits, such as mystate [StateBackend.azureStorage]",
    ],
    [storage({ ...NAMES, storageAccountName: "My_Account" }), 'storageAccountName is "My_Account": write 3 to 24'],
    [storage({ ...NAMES, containerName: "a--b" }), 'containerName is "a--b": write 3 to 63'],
    [
      storage({ ...NAMES, storageAccount: "a" }),
      'prop "storageAccount" is not known: did you mean storageAccountName?',
    ],
    [storage({ ...NAMES, keyPrefix: 1 }), "keyPrefix is the number 1: write a string"],
    [storage({ ...NAMES, key: "a" }), "key is made of the stack's name, so that no two stacks have the same"],
    [
      storage({ ...NAMES, accessKey: "a" }),
      "accessKey is a secret, which would be written into the output: set the environment variable ARM_ACCESS_KEY",
    ],
    [storage({ ...NAMES, containerName: "${var.a}" }), "containerName is a string that is known after apply: write 3"],
    [hcp({}), "organization is missing (got undefined): write the name of an organization"],
    [hcp({ organization: "my org" }), 'organization is "my org": write the name of an organization'],
    [hcp({ organization: "acme", workspacePrefix: "a b" }), 'workspacePrefix is "a b": write letters, digits'],
    [hcp({ organization: "acme", hostname: "https://a.io" }), 'hostname is "https://a.io": write a host name without'],
    [() => StateBackend.of("s3" as never), 'StateBackend.of got the string "s3": write a function such as (stack) =>'],
    [kubelogin(null), "props are null: write an object [ClusterAccess.kubelogin]"],
    [kubelogin({ clientID: "a" }), 'prop "clientID" is not known: did you mean clientId? [ClusterAccess.kubelogin]'],
    [kubelogin({ clientId: "" }), "clientId is empty: write a string, or leave it out"],
    [kubeconfig("~/.kube/config"), 'props are the string "~/.kube/config": write an object [ClusterAccess.kubeconfig]'],
    [kubeconfig({ configPath: "a" }), 'prop "configPath" is not known'],
  ])("%#", (make, message) => {
    expect(make).toThrow(message);
  });

  test("what is right passes", () => {
    const all = { ...NAMES, keyPrefix: "", resourceGroupName: "group", useOidc: true, subscriptionId: undefined };
    expect(storage(all)).not.toThrow();
    expect(hcp({ organization: "acme", workspacePrefix: "", hostname: "tfe.example.com:8443" })).not.toThrow();
    expect(kubelogin(undefined)).not.toThrow();
  });
});

test("a function that makes no backend is refused", () => {
  const stateBackend = StateBackend.of(() => undefined as never);
  expect(() => new ClusterStack(new App(), "cluster", { stateBackend })).toThrow(
    "the function of StateBackend.of made no backend in the stack: write new S3Backend(stack, { … }) or another one [cluster]",
  );
});

test("two stacks with one state are refused", () => {
  const app = new App();
  const stateBackend = StateBackend.of((stack) => new LocalBackend(stack, { path: "terraform.tfstate" }));
  new ClusterStack(app, "one", { stateBackend });
  new ClusterStack(app, "two", { stateBackend });
  expect(() => app.synth()).toThrow(
    'stack "one" has the same state, so that each deployment would destroy the other stack\'s resources: give each a key of its own [two]',
  );
});
