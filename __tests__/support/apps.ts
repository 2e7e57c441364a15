import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { AzurermVersion, PodSandboxing } from "../../lib";
import { PROJECT } from "./synth";

/** The releases and azurerm majors that every app is written for, by the name of the golden folder. */
export const RELEASES = {
  "preview-azurerm-3": PodSandboxing.PREVIEW,
  "ga-azurerm-4": PodSandboxing.GA,
  "ga-azurerm-5": PodSandboxing.GA.on(AzurermVersion.V5),
};

export const EXAMPLES = readdirSync(join(PROJECT, "examples"))
  .filter((file) => file.endsWith(".ts"))
  .map((file) => basename(file, ".ts"));
