// Half of what the CLI of cdktf loads is for "convert" and "get" alone, and no test converts or gets.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const Module = require("node:module");

const UNUSED = ["@cdktf/hcl2cdk", "@cdktf/provider-generator", "jsii-rosetta", "jsii-pacmak"];
const load = Module._load;
Module._load = (request, ...rest) => (UNUSED.includes(request) ? {} : load(request, ...rest));
