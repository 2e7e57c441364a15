/** The order of the rooms: arrows point from what is built to what it is built on, types included. */
const ABOVE = {
  validation: ["cluster", "sandbox", "review", "cli"],
  cdktf: ["cluster", "sandbox", "review", "cli"],
  cluster: ["sandbox", "review", "cli"],
  sandbox: ["review", "cli"],
  review: ["cli"],
};

/** One way through the review, from left to right. */
const WAY = ["read", "model", "facts", "stack", "plan", "notes", "report"];

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-circle",
      comment: "files that import each other cannot be read one by one: move what both need into a file of its own",
      severity: "error",
      from: { path: "^lib/", pathNot: "^lib/review/(facts|plan)/" },
      to: { circular: true },
    },
    ...Object.entries(ABOVE).map(([room, above]) => ({
      name: `${room}-looks-up`,
      comment: `lib/${room} is below lib/${above.join(", lib/")}: move what both need down`,
      severity: "error",
      from: { path: `^lib/${room}/` },
      to: { path: `^lib/(${above.join("|")})/` },
    })),
    {
      name: "facts-look-up",
      comment: "the files of lib itself are facts, which know no room but validation and cdktf",
      severity: "error",
      from: { path: "^lib/[^/]+\\.ts$", pathNot: "^lib/(index|review)\\.ts$" },
      to: { path: "^lib/(cluster|sandbox|review|cli)/" },
    },
    {
      name: "review-knows-constructs",
      comment: "the review reads facts and predicates: it could be a package of its own",
      severity: "error",
      from: { path: "^lib/review/" },
      to: { path: "^lib/cluster/", pathNot: "^lib/cluster/(rules/|kata-vm-size\\.ts|node-pool-defaults\\.ts)" },
    },
    ...WAY.slice(0, -1).map((step, i) => ({
      name: `${step}-looks-right`,
      comment: `lib/review/${step} knows only what is to the left of it: move what both need to the left`,
      severity: "error",
      from: { path: `^lib/review/${step}(/|\\.ts$)` },
      to: { path: `^lib/review/(${WAY.slice(i + 1).join("|")})(/|\\.ts$)` },
    })),
    {
      name: "command-knows-constructs",
      comment: "the command line is a door to the review",
      severity: "error",
      from: { path: "^lib/cli/" },
      to: { path: "^lib/", pathNot: "^lib/(cli/|review/index\\.ts$)" },
    },
    {
      name: "library-knows-project",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(examples|scripts|bench|__tests__|main\\.ts|lib/index\\.ts)" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
  },
};
