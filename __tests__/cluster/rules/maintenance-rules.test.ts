import { clusterWith as cluster, Refusal, testRefusals } from "../../support/refusals";

const EVERY = { frequency: "Weekly", dayOfWeek: "Sunday", interval: 1, duration: 4 };
const [XMAS, NEW_YEAR] = ["2026-12-24T00:00:00Z", "2027-01-01T00:00:00+01:00"];

describe("maintenanceWindow", () => {
  const closed = (start: unknown, end: unknown) => cluster({ maintenanceWindow: { notAllowed: [{ start, end }] } });

  testRefusals([
    [
      cluster({ maintenanceWindow: {} }),
      "maintenanceWindow is empty: write allowed or notAllowed [cluster/aks]",
      cluster({ maintenanceWindow: { allowed: [{ day: "Sunday", hours: [1] }] } }),
    ],
    [
      closed("2026-12-24", NEW_YEAR),
      'maintenanceWindow.notAllowed "2026-12-24" is no time: write one such as 2026-12-24T00:00:00Z [cluster/aks]',
      closed(XMAS, NEW_YEAR),
    ],
    [
      closed(NEW_YEAR, XMAS),
      `maintenanceWindow.notAllowed ends at ${XMAS} and begins at ${NEW_YEAR}: write an end after the start [cluster/aks]`,
      closed("${var.start}", XMAS),
    ],
  ]);
});

describe.each(["maintenanceWindowAutoUpgrade", "maintenanceWindowNodeOs"])("%s", (name) => {
  const window = (changes: object) => cluster({ [name]: { ...EVERY, ...changes } });
  const without = (needed: string, changes: object, nearest: object): Refusal => [
    window({ dayOfWeek: undefined, ...changes }),
    `${name}.frequency ${(changes as typeof EVERY).frequency} needs ${needed}: add it [cluster/aks]`,
    window({ dayOfWeek: undefined, ...changes, ...nearest }),
  ];

  testRefusals([
    without("dayOfWeek", { frequency: "Weekly" }, { dayOfWeek: "Monday" }),
    without("dayOfMonth", { frequency: "AbsoluteMonthly" }, { dayOfMonth: 1 }),
    without("weekIndex", { frequency: "RelativeMonthly", dayOfWeek: "Friday" }, { weekIndex: "First" }),
    [
      window({ startDate: "28.11.2026" }),
      `${name}.startDate "28.11.2026" is no time: write one such as 2026-12-24T00:00:00Z [cluster/aks]`,
      window({ startDate: XMAS }),
    ],
    [
      window({ startTime: "24:00" }),
      `${name}.startTime "24:00" is no time of a day: write one such as 01:30 [cluster/aks]`,
      window({ startTime: "23:59" }),
    ],
    [
      window({ utcOffset: "CET" }),
      `${name}.utcOffset "CET" is no difference from UTC: write one such as +01:00 [cluster/aks]`,
      window({ utcOffset: "-03:30" }),
    ],
    [
      window({ notAllowed: [{ start: NEW_YEAR, end: XMAS }] }),
      `${name}.notAllowed ends at ${XMAS} and begins at ${NEW_YEAR}: write an end after the start [cluster/aks]`,
      window({ notAllowed: [{ start: XMAS, end: NEW_YEAR }] }),
    ],
  ]);
});
