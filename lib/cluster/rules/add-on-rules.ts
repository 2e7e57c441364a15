import type { Rule } from "../../validation/rule";
import type { ClusterArguments } from "./cluster-arguments";
import { AZURERM_CLUSTER } from "./sources";

/** Add-ons and profiles that azurerm refuses. */
export const ADD_ON_RULES: readonly Rule<ClusterArguments>[] = [
  {
    when: ({ keyVaultSecretsProvider: provider }) =>
      provider !== undefined &&
      provider.secretRotationEnabled === undefined &&
      provider.secretRotationInterval === undefined,
    message: () => "keyVaultSecretsProvider is empty: write secretRotationEnabled or secretRotationInterval",
    source: `${AZURERM_CLUSTER}, AtLeastOneOf`,
    refusedAt: "plan",
  },
  {
    when: ({ ingressApplicationGateway: gateway }) =>
      gateway !== undefined &&
      [gateway.gatewayId, gateway.subnetCidr, gateway.subnetId].filter((place) => place !== undefined).length !== 1,
    message: () => "ingressApplicationGateway has to name one place: write one of gatewayId, subnetCidr and subnetId",
    source: `${AZURERM_CLUSTER}, AtLeastOneOf and ConflictsWith`,
    refusedAt: "plan",
  },
  {
    when: ({ windowsProfile }) =>
      windowsProfile?.adminPassword !== undefined && !/^.{8,123}$/s.test(windowsProfile.adminPassword),
    message: () => "windowsProfile.adminPassword has to have 8 to 123 characters: write another one",
    source: AZURERM_CLUSTER,
  },
  {
    when: ({ linuxProfile }) => /^[~.]?\/|\.pub$/.test(linuxProfile?.sshKey?.keyData ?? ""),
    message: ({ linuxProfile }) =>
      `linuxProfile.sshKey.keyData "${linuxProfile!.sshKey.keyData}" is a path: write what is in the file`,
    source: AZURERM_CLUSTER,
  },
];
