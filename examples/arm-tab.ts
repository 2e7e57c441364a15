// The document's ARM template: the same ten parameters as Terraform variables, the same output.
import { DataAzurermResourceGroup } from "@cdktf/provider-azurerm/lib/data-azurerm-resource-group";
import { App, TerraformOutput, Token, VariableType } from "cdktf";
import { AksCluster, ClusterStack, InputVariable, PodSandboxing } from "../lib";

const app = new App();
const azure = new ClusterStack(app, "cluster");
const group = new DataAzurermResourceGroup(azure, "group", { name: "myResourceGroup" });

const clusterName = text("clusterName", "The name of the cluster.", "marinerakscluster");
text("location", "The region of the cluster; empty for the resource group's.", "");
text("dnsPrefix", "DNS prefix of the API server; empty for the cluster's name.", "");
number("osDiskSizeGB", "Size of the nodes' disks in GB; 0 is the default of the VM size.", 0, 0, 1023);
const agentCount = number("agentCount", "The number of nodes.", 3, 1, 50);
const agentVMSize = text("agentVMSize", "The VM size of the nodes.", "Standard_DS2_v2");
const linuxAdminUsername = text("linuxAdminUsername", "User name of the administrator of the nodes.");
const sshRSAPublicKey = text("sshRSAPublicKey", "SSH public key of the administrator, as in 'ssh-rsa AAAAB…'.");
oneOf("osType", "The operating system of the nodes.", ["Linux"]);
oneOf("osSKU", "The Linux of the nodes.", ["mariner", "Ubuntu"]);

const podSandboxing = PodSandboxing.PREVIEW;
const cluster = new AksCluster(azure, "aks", {
  podSandboxing,
  name: clusterName.stringValue,
  resourceGroup: group,
  location: Token.asString(`\${var.location == "" ? data.azurerm_resource_group.group.location : var.location}`),
  dnsPrefix: Token.asString(`\${var.dnsPrefix == "" ? var.clusterName : var.dnsPrefix}`),
  defaultNodePool: {
    name: "agentpool",
    vmSize: agentVMSize.stringValue,
    nodeCount: agentCount.numberValue,
    osDiskSizeGb: Token.asNumber("${var.osDiskSizeGB == 0 ? null : var.osDiskSizeGB}"),
    osDiskType: "Managed",
    osSku: `\${var.osSKU == "mariner" ? "${podSandboxing.osSku}" : var.osSKU}`,
  },
  linuxProfile: {
    adminUsername: linuxAdminUsername.stringValue,
    sshKey: { keyData: sshRSAPublicKey.stringValue },
  },
});

new TerraformOutput(azure, "controlPlaneFQDN", { value: cluster.resource.fqdn });

app.synth();

function text(name: string, description: string, byDefault?: string): InputVariable {
  return new InputVariable(azure, name, { type: VariableType.STRING, description, default: byDefault });
}

function number(name: string, description: string, byDefault: number, least: number, most: number): InputVariable {
  return new InputVariable(azure, name, {
    type: VariableType.NUMBER,
    description,
    default: byDefault,
    validation: [
      {
        condition: `\${var.${name} >= ${least} && var.${name} <= ${most} && floor(var.${name}) == var.${name}}`,
        errorMessage: `${name} has to be a whole number from ${least} to ${most}.`,
      },
    ],
  });
}

function oneOf(name: string, description: string, allowed: readonly string[]): InputVariable {
  return new InputVariable(azure, name, {
    type: VariableType.STRING,
    description,
    default: allowed[0],
    validation: [
      {
        condition: `\${contains(${JSON.stringify(allowed)}, var.${name})}`,
        errorMessage: `${name} has to be ${allowed.join(" or ")}.`,
      },
    ],
  });
}
