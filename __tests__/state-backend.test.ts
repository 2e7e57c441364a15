import { App, LocalBackend } from "cdktf";
import { ClusterStack, StateBackend } from "../lib";
import { clusterIn } from "./support/clusters";
import { synthesiseStack } from "./support/synth";

function terraformOf(stateBackend?: StateBackend) {
  return synthesiseStack("cluster", (app) => clusterIn(app, {}, { stateBackend })).terraform;
}

test("state lies in the project's folder by default", () => {
  expect(terraformOf().backend).toEqual({ local: { path: "../../../terraform.cluster.tfstate" } });
});

test("Azure Storage has a key for each stack and a login by Entra ID", () => {
  const account = { storageAccountName: "account", containerName: "state" };
  expect(terraformOf(StateBackend.azureStorage(account)).backend).toEqual({
    azurerm: {
      storage_account_name: "account",
      container_name: "state",
      key: "cluster.tfstate",
      use_azuread_auth: true,
    },
  });
  expect(terraformOf(StateBackend.azureStorage({ ...account, keyPrefix: "team/" })).backend.azurerm.key).toBe(
    "team/cluster.tfstate",
  );
});

test("HCP Terraform has a workspace for each stack", () => {
  expect(terraformOf(StateBackend.hcpTerraform({ organization: "example" })).cloud).toEqual({
    organization: "example",
    workspaces: { name: "cluster" },
  });
  expect(
    terraformOf(
      StateBackend.hcpTerraform({
        organization: "e",
        workspacePrefix: "p-",
        project: "q",
        hostname: "tfe.example.com",
      }),
    ).cloud,
  ).toEqual({ organization: "e", hostname: "tfe.example.com", workspaces: { name: "p-cluster", project: "q" } });
});

test("a second backend is refused", () => {
  const message = "the stack has a backend already: keep one of stateBackend, addTo and the one made in it [cluster]";
  const stack = new ClusterStack(new App(), "cluster", { stateBackend: StateBackend.LOCAL });
  expect(() => StateBackend.LOCAL.addTo(stack)).toThrow(message);
  const own = new ClusterStack(new App(), "cluster");
  new LocalBackend(own, { path: "state" });
  expect(() => StateBackend.LOCAL.addTo(own)).toThrow(message);
});
