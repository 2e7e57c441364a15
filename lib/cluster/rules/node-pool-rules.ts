import type { PodSandboxing } from "../../pod-sandboxing";
import type { Rule } from "../../validation/rule";
import { POOL_ID_RULES } from "./id-rules";
import { kubernetesVersionRules } from "./kubernetes-version-rules";
import { LABEL_RULES } from "./label-rules";
import type { NodePoolArguments } from "./node-pool-arguments";
import { NODE_SETTING_RULES } from "./node-setting-rules";
import { POOL_DISK_RULES } from "./pool-disk-rules";
import { POOL_EXPOSURE_RULES } from "./pool-exposure-rules";
import { POOL_NAME_RULES } from "./pool-name-rules";
import { POOL_OS_RULES } from "./pool-os-rules";
import { POOL_PRIORITY_RULES } from "./pool-priority-rules";
import { POOL_VERSION_RULES } from "./pool-version-rules";
import { MISSING_COUNT_RULES, SCALING_RULES } from "./scaling-rules";
import { TAG_RULES } from "./tag-rules";
import { TIMEOUT_RULES } from "./timeout-rules";
import { VM_SIZE_RULES } from "./vm-size-rules";

export { isPoolName } from "./pool-name-rules";

/** Input of the rules for a node pool. */
export interface NodePoolRuleInput extends NodePoolArguments {
  readonly name: string;
  readonly vmSize: string;
  /** Names and temporary names of the cluster's other node pools. */
  readonly namesInUse: readonly string[];
  readonly podSandboxing: PodSandboxing;
}

/** Rules that read nothing but a node pool's arguments. */
export const NODE_POOL_ARGUMENT_RULES: readonly Rule<NodePoolArguments>[] = [
  ...SCALING_RULES,
  ...LABEL_RULES,
  ...POOL_OS_RULES,
  ...POOL_PRIORITY_RULES,
  ...VM_SIZE_RULES,
  ...POOL_EXPOSURE_RULES,
  ...POOL_VERSION_RULES,
  ...NODE_SETTING_RULES,
  ...POOL_DISK_RULES,
  ...POOL_ID_RULES,
  ...(TAG_RULES as readonly Rule<NodePoolArguments>[]),
  ...(TIMEOUT_RULES as readonly Rule<NodePoolArguments>[]),
];

export const NODE_POOL_RULES: readonly Rule<NodePoolRuleInput>[] = [
  ...POOL_NAME_RULES,
  ...NODE_POOL_ARGUMENT_RULES,
  ...MISSING_COUNT_RULES,
  ...kubernetesVersionRules<NodePoolRuleInput>("orchestratorVersion", (pool) => pool.orchestratorVersion),
];
