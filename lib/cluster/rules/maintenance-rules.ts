import type { Rule } from "../../validation/rule";
import type { ClusterArguments } from "./cluster-arguments";
import { AZURERM_CLUSTER, AZURERM_CLUSTER_DOCS } from "./sources";

const WINDOWS = ["maintenanceWindowAutoUpgrade", "maintenanceWindowNodeOs"] as const;

type Window = NonNullable<ClusterArguments[(typeof WINDOWS)[number]]>;

/** What azurerm wants beside each frequency. */
const BESIDE: { readonly [frequency: string]: readonly (keyof Window)[] | undefined } = {
  Weekly: ["dayOfWeek"],
  AbsoluteMonthly: ["dayOfMonth"],
  RelativeMonthly: ["dayOfWeek", "weekIndex"],
};

const MAINTENANCE = "learn.microsoft.com/azure/aks/planned-maintenance";
const TIME = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[-+]\d\d:\d\d)$/;

/** Windows of maintenance that azurerm or AKS refuses. */
export const MAINTENANCE_RULES: readonly Rule<ClusterArguments>[] = [
  {
    when: ({ maintenanceWindow: window }) =>
      window !== undefined && (window.allowed ?? window.notAllowed ?? undefined) === undefined,
    message: () => "maintenanceWindow is empty: write allowed or notAllowed",
    source: `${AZURERM_CLUSTER}, AtLeastOneOf`,
  },
  ...(["maintenanceWindow", ...WINDOWS] as const).flatMap(spanRules),
  ...WINDOWS.flatMap((name): Rule<ClusterArguments>[] => [
    {
      when: ({ [name]: window }) => window !== undefined && missing(window) !== undefined,
      message: ({ [name]: window }) => `${name}.frequency ${window!.frequency} needs ${missing(window!)}: add it`,
      source: AZURERM_CLUSTER_DOCS,
    },
    {
      when: ({ [name]: window }) => isTime(window?.startDate) === false,
      message: ({ [name]: window }) => notATime(`${name}.startDate`, window!.startDate!),
      source: AZURERM_CLUSTER,
    },
    {
      when: ({ [name]: window }) => !/^([01]\d|2[0-3]):[0-5]\d$/.test(window?.startTime || "00:00"),
      message: ({ [name]: window }) =>
        `${name}.startTime "${window!.startTime}" is no time of a day: write one such as 01:30`,
      source: MAINTENANCE,
    },
    {
      when: ({ [name]: window }) => !/^[-+]\d\d:\d\d$/.test(window?.utcOffset || "+00:00"),
      message: ({ [name]: window }) =>
        `${name}.utcOffset "${window!.utcOffset}" is no difference from UTC: write one such as +01:00`,
      source: MAINTENANCE,
    },
  ]),
  {
    when: ({ maintenanceWindowAutoUpgrade: window }) => window?.frequency === "Daily",
    message: () =>
      "maintenanceWindowAutoUpgrade.frequency Daily is for images of nodes only: write Weekly, or maintenanceWindowNodeOs",
    source: MAINTENANCE,
    warns: true,
  },
];

function missing(window: Window): string | undefined {
  return BESIDE[window.frequency]?.find((name) => window[name] === undefined);
}

/** Rules for the spans of time in which a window does nothing. */
function spanRules(name: "maintenanceWindow" | (typeof WINDOWS)[number]): Rule<ClusterArguments>[] {
  const spans = ({ [name]: window }: ClusterArguments) => [window?.notAllowed ?? []].flat() as readonly Span[];
  const malformed = (cluster: ClusterArguments) =>
    spans(cluster)
      .flatMap(({ start, end }) => [start, end])
      .find((time) => isTime(time) === false);
  const reversed = (cluster: ClusterArguments) =>
    spans(cluster).find(({ start, end }) => !(Date.parse(start) < Date.parse(end)));
  return [
    {
      when: (cluster) => malformed(cluster) !== undefined,
      message: (cluster) => notATime(`${name}.notAllowed`, malformed(cluster)!),
      source: AZURERM_CLUSTER,
    },
    {
      when: (cluster) => reversed(cluster) !== undefined,
      message: (cluster) =>
        `${name}.notAllowed ends at ${reversed(cluster)!.end} and begins at ${reversed(cluster)!.start}: write an end after the start`,
      source: MAINTENANCE,
    },
  ];
}

interface Span {
  readonly start: string;
  readonly end: string;
}

function isTime(text: string | undefined): boolean | undefined {
  return text === undefined ? undefined : TIME.test(text) && !Number.isNaN(Date.parse(text));
}

function notATime(argument: string, text: string): string {
  return `${argument} "${text}" is no time: write one such as 2026-12-24T00:00:00Z`;
}
