import { isCidr } from "../../cidr";
import type { Rule } from "../../validation/rule";
import type { ClusterArguments } from "./cluster-arguments";
import { AZURERM_CLUSTER } from "./sources";

const AKS_PROXY = "learn.microsoft.com/azure/aks/http-proxy";
const AKS_SSH = "learn.microsoft.com/azure/aks/manage-ssh-node-access";

const isPem = (text: string | undefined) => /^\s*-----BEGIN/.test(text ?? "");

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
  {
    when: ({ linuxProfile }) => /PRIVATE KEY/.test(linuxProfile?.sshKey?.keyData ?? ""),
    message: () =>
      "linuxProfile.sshKey.keyData is a private key, which nobody else may have: write what is in the .pub file",
    source: AKS_SSH,
  },
  {
    when: ({ linuxProfile }) => !/^\s*(ssh-|ecdsa-|sk-|---- BEGIN SSH2 )/.test(linuxProfile?.sshKey?.keyData || "ssh-"),
    message: ({ linuxProfile }) =>
      `linuxProfile.sshKey.keyData "${linuxProfile!.sshKey.keyData}" is no public key: write one such as ssh-rsa AAAA…`,
    source: AKS_SSH,
  },
  ...(["httpProxy", "httpsProxy"] as const).map((name): Rule<ClusterArguments> => ({
    when: ({ httpProxyConfig }) => !/^https?:\/\/[^/]/i.test(httpProxyConfig?.[name] || "http://proxy"),
    message: ({ httpProxyConfig }) =>
      `httpProxyConfig.${name} "${httpProxyConfig![name]}" is no URL: write one such as http://proxy.example.com:3128`,
    source: AKS_PROXY,
  })),
  {
    when: ({ httpProxyConfig }) => isPem(httpProxyConfig?.trustedCa),
    message: () => "httpProxyConfig.trustedCa is a certificate in PEM: write it in base64, as Fn.base64encode does",
    source: AKS_PROXY,
  },
  {
    when: ({ customCaTrustCertificatesBase64: certificates = [] }) => certificates.some(isPem),
    message: () =>
      "customCaTrustCertificatesBase64 has a certificate in PEM: write it in base64, as Fn.base64encode does",
    source: AZURERM_CLUSTER,
  },
  {
    when: ({ keyManagementService: service }) => !/^https:\/\//.test(service?.keyVaultKeyId || "https://vault"),
    message: ({ keyManagementService: service }) =>
      `keyManagementService.keyVaultKeyId "${service!.keyVaultKeyId}" is no id of a key: write one such as https://my-vault.vault.azure.net/keys/my-key/0123456789abcdef`,
    source: AZURERM_CLUSTER,
  },
  {
    when: ({ keyVaultSecretsProvider: provider }) =>
      !/^(\d+(\.\d+)?(h|m|s))+$/.test(provider?.secretRotationInterval || "2m"),
    message: ({ keyVaultSecretsProvider: provider }) =>
      `keyVaultSecretsProvider.secretRotationInterval "${provider!.secretRotationInterval}" is not a duration: write one such as 2m`,
    source: AZURERM_CLUSTER,
  },
  {
    when: ({ ingressApplicationGateway: gateway }) => !isCidr(gateway?.subnetCidr || "10.0.0.0/16"),
    message: ({ ingressApplicationGateway: gateway }) =>
      `ingressApplicationGateway.subnetCidr "${gateway!.subnetCidr}" is not a range of addresses: write one such as 10.225.0.0/16`,
    source: AZURERM_CLUSTER,
  },
];
