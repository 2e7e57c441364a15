import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Browser, chromium, Page } from "playwright-core";

/** A diagram as Mermaid has drawn it: the boxes with their texts, and how many lines join them. */
export interface Drawing {
  readonly nodes: readonly Box[];
  readonly clusters: readonly Box[];
  readonly edges: number;
}

export interface Box {
  readonly text: string;
  readonly classes: readonly string[];
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Mermaid itself in a browser without a window and without a network. */
export class MermaidBrowser {
  static async start(): Promise<MermaidBrowser> {
    const folder = mkdtempSync(join(tmpdir(), "browser-"));
    const packaged = process.platform === "linux" && process.arch === "x64";
    const browser = await chromium.launch({
      ...(packaged ? await packagedChromium(folder) : { channel: "chrome" }),
      chromiumSandbox: false, // root has none
    });
    const page = await browser.newPage({ viewport: { width: 1600, height: 1200 } });
    await page.route("**/*", (route) => route.abort());
    await page.setContent('<!doctype html><body><div id="out"></div>');
    await page.addScriptTag({ path: require.resolve("@mermaid-js/tiny") });
    await page.evaluate('mermaid.initialize({ startOnLoad: false, securityLevel: "strict", handDrawnSeed: 1 })');
    return new MermaidBrowser(folder, browser, page);
  }

  private constructor(
    private readonly folder: string,
    private readonly browser: Browser,
    private readonly page: Page,
  ) {}

  /** Parses, lays out and draws; rejects with Mermaid's own message for a text that it refuses. */
  draw(text: string): Promise<Drawing> {
    return this.page.evaluate<Drawing>(`(${DRAW})(${JSON.stringify(text)})`);
  }

  /** Writes a picture of the last diagram. */
  async picture(file: string): Promise<void> {
    await this.page.locator("#out svg").screenshot({ path: file });
  }

  async stop(): Promise<void> {
    await this.browser.close();
    rmSync(this.folder, { recursive: true });
  }
}

/** Runs in the page, so it is text: neither the compiler nor its types reach there. */
const DRAW = `async (text) => {
  const out = document.getElementById("out");
  out.innerHTML = (await mermaid.render("drawing", text)).svg;
  const boxes = (selector) => [...out.querySelectorAll(selector)].map((element) => {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return { text: element.innerText ?? element.textContent, classes: [...element.classList], left, top, right, bottom };
  });
  return {
    nodes: boxes("g.node"),
    clusters: boxes("g.cluster"),
    edges: out.querySelectorAll("path.flowchart-link").length,
  };
}`;

/** Chromium from its npm package, with the libraries and the font that are in there, too. */
async function packagedChromium(folder: string): Promise<{ executablePath: string; env: { [name: string]: string } }> {
  const main = require.resolve("@sparticuz/chromium");
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { default: files } = require(join(dirname(main), "lambdafs.js")) as {
    default: { inflate(file: string): Promise<string> };
  };
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder; // where the package inflates to
  try {
    const [executablePath, libraries, fonts] = await Promise.all(
      ["chromium.br", "al2023.tar.br", "fonts.tar.br"].map((file) =>
        files.inflate(join(dirname(main), "../bin", file)),
      ),
    );
    writeFileSync(join(fonts, "fonts.conf"), `<?xml version="1.0"?><fontconfig><dir>${fonts}</dir></fontconfig>`);
    const env = { ...(process.env as { [name: string]: string }), TMPDIR: folder };
    return { executablePath, env: { ...env, LD_LIBRARY_PATH: join(libraries, "lib"), FONTCONFIG_PATH: fonts } };
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
}
