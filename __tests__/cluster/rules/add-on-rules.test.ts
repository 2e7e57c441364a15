import { idOf, subnet } from "../../support/ids";
import { clusterWith as cluster, testRefusals } from "../../support/refusals";

const GATEWAY = idOf("Microsoft.Network/applicationGateways", "gateway");
const PEM = "-----BEGIN CERTIFICATE-----\nMIID";
const key = (keyData: string) => cluster({ linuxProfile: { adminUsername: "me", sshKey: { keyData } } });
const proxy = (httpProxyConfig: object) => cluster({ httpProxyConfig });
const kms = (keyVaultKeyId: string) => cluster({ keyManagementService: { keyVaultKeyId } });

testRefusals([
  [
    cluster({ keyVaultSecretsProvider: {} }),
    "keyVaultSecretsProvider is empty: write secretRotationEnabled or secretRotationInterval [cluster/aks]",
    cluster({ keyVaultSecretsProvider: { secretRotationEnabled: false } }),
  ],
  [
    cluster({ ingressApplicationGateway: { gatewayId: GATEWAY, subnetId: subnet("gateways") } }),
    "ingressApplicationGateway has to name one place: write one of gatewayId, subnetCidr and subnetId [cluster/aks]",
    cluster({ ingressApplicationGateway: { gatewayId: GATEWAY, gatewayName: "b" } }),
  ],
  [
    cluster({ windowsProfile: { adminUsername: "me", adminPassword: "1234567" } }),
    "windowsProfile.adminPassword has to have 8 to 123 characters: write another one [cluster/aks]",
    cluster({ windowsProfile: { adminUsername: "me", adminPassword: "12345678" } }),
  ],
  [
    cluster({ keyVaultSecretsProvider: { secretRotationInterval: "2" } }),
    'keyVaultSecretsProvider.secretRotationInterval "2" is not a duration: write one such as 2m [cluster/aks]',
    cluster({ keyVaultSecretsProvider: { secretRotationInterval: "1h30m" } }),
  ],
  [
    cluster({ ingressApplicationGateway: { subnetCidr: "10.225.0.0" } }),
    'ingressApplicationGateway.subnetCidr "10.225.0.0" is not a range of addresses: write one such as 10.225.0.0/16 [cluster/aks]',
    cluster({ ingressApplicationGateway: { subnetCidr: "10.225.0.0/16" } }),
  ],
  [
    key("my-key"),
    'linuxProfile.sshKey.keyData "my-key" is no public key: write one such as ssh-rsa AAAA… [cluster/aks]',
    key("ssh-ed25519 AAAAC3Nz me"),
  ],
  [
    key("-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNz"),
    "linuxProfile.sshKey.keyData is a private key, which nobody else may have: write what is in the .pub file [cluster/aks]",
    key("${var.key}"),
  ],
  [
    proxy({ httpProxy: "proxy.example.com:3128" }),
    'httpProxyConfig.httpProxy "proxy.example.com:3128" is no URL: write one such as http://proxy.example.com:3128 [cluster/aks]',
    proxy({ httpProxy: "http://proxy.example.com:3128" }),
  ],
  [
    proxy({ httpProxy: "http://10.0.0.4", httpsProxy: "10.0.0.4:3128" }),
    'httpProxyConfig.httpsProxy "10.0.0.4:3128" is no URL: write one such as http://proxy.example.com:3128 [cluster/aks]',
    proxy({ httpProxy: "http://10.0.0.4", httpsProxy: "${var.proxy}" }),
  ],
  [
    proxy({ httpProxy: "http://10.0.0.4", trustedCa: PEM }),
    "httpProxyConfig.trustedCa is a certificate in PEM: write it in base64, as Fn.base64encode does [cluster/aks]",
    proxy({ httpProxy: "http://10.0.0.4", trustedCa: Buffer.from(PEM).toString("base64") }),
  ],
  [
    cluster({ customCaTrustCertificatesBase64: [PEM] }),
    "customCaTrustCertificatesBase64 has a certificate in PEM: write it in base64, as Fn.base64encode does [cluster/aks]",
    cluster({ customCaTrustCertificatesBase64: [Buffer.from(PEM).toString("base64")] }),
  ],
  [
    kms("my-key"),
    'keyManagementService.keyVaultKeyId "my-key" is no id of a key: write one such as https://my-vault.vault.azure.net/keys/my-key/0123456789abcdef [cluster/aks]',
    kms("https://my-vault.vault.azure.net/keys/my-key/0123456789abcdef"),
  ],
]);
