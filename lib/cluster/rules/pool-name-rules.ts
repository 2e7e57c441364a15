import type { Rule } from "../../validation/rule";
import type { NodePoolArguments } from "./node-pool-arguments";
import { AZURERM_POOL, AZURERM_POOL_NAME } from "./sources";

/** Arguments of a node pool beside those of the cluster's other pools. */
interface NamedNodePool extends NodePoolArguments {
  readonly name: string;
  /** Names and temporary names of the cluster's other node pools. */
  readonly namesInUse: readonly string[];
}

/** Returns whether azurerm accepts a name of a node pool. */
export function isPoolName(name: string): boolean {
  return /^[a-z][a-z0-9]{0,11}$/.test(name);
}

const LONGEST_WINDOWS_NAME = 6;

/** Names of node pools that azurerm or AKS refuses. */
export const POOL_NAME_RULES: readonly Rule<NamedNodePool>[] = [
  {
    when: ({ name }) => !isPoolName(name),
    message: ({ name }) =>
      `node pool name "${name}" is not valid: use 1 to 12 lowercase letters and digits with a letter first`,
    source: AZURERM_POOL_NAME,
  },
  {
    when: ({ name, osType }) => osType === "Windows" && name.length > LONGEST_WINDOWS_NAME,
    message: ({ name }) =>
      `node pool name "${name}" is too long for Windows: use ${LONGEST_WINDOWS_NAME} characters at most`,
    source: "learn.microsoft.com/azure/aks/create-node-pools",
  },
  {
    when: ({ name, namesInUse }) => namesInUse.includes(name),
    message: ({ name }) => `node pool name "${name}" is already in use in this cluster: choose another one`,
    source: "learn.microsoft.com/azure/aks/create-node-pools",
  },
  {
    when: ({ temporaryNameForRotation: name }) => name !== undefined && !isPoolName(name),
    message: ({ temporaryNameForRotation: name }) =>
      `temporaryNameForRotation "${name}" is not valid: use 1 to 12 lowercase letters and digits with a letter first`,
    source: AZURERM_POOL_NAME,
  },
  {
    when: ({ temporaryNameForRotation: name, osType }) =>
      name !== undefined && osType === "Windows" && name.length > LONGEST_WINDOWS_NAME,
    message: ({ temporaryNameForRotation: name }) =>
      `temporaryNameForRotation "${name}" is too long for Windows: use ${LONGEST_WINDOWS_NAME} characters at most`,
    source: "learn.microsoft.com/azure/aks/create-node-pools",
  },
  {
    when: ({ temporaryNameForRotation: temporary, name, namesInUse }) =>
      temporary !== undefined && [name, ...namesInUse].includes(temporary),
    message: ({ temporaryNameForRotation: temporary }) =>
      `temporaryNameForRotation "${temporary}" is already in use in this cluster: choose another one`,
    source: AZURERM_POOL,
  },
];
