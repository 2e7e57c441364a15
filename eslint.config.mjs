import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: [".api", ".bench", ".snippets", "node_modules", "dist", "coverage", "cdktf.out", "cdktf.out.hcl"] },
  js.configs.recommended,
  tseslint.configs.recommended,
  {
    ignores: ["__tests__/data/**", "__tests__/golden/**"],
    rules: { "max-lines": ["error", 300] },
  },
  {
    files: ["**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^@cdktf/provider-[a-z0-9]+(/lib)?$",
              message:
                "import the resource itself, as in @cdktf/provider-azurerm/lib/resource-group: the whole provider takes 16 s to load",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["lib/review/**/*.ts", "lib/cli/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex:
                "^(cdktf|cdktn|constructs)(/|$)|^@cdktf/provider-|/(sandbox|cluster(?!/(kata-vm-size$|rules/)))(/|$)|^\\.\\./\\.\\./(pod-sandboxing|rules|check)$",
              message: "the review knows facts, not constructs: take what it needs from files that load nothing",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["**/*.js", "**/*.cjs"],
    languageOptions: { sourceType: "commonjs", globals: { module: "writable", require: "readonly" } },
  },
);
