// Draws the screens of a JSON file: node draw.mjs SCREENS.json FOLDER. Needs Chromium; opens no address but its own file.
import { build } from "esbuild";
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const [, , file, folder] = process.argv;
const here = path.dirname(fileURLToPath(import.meta.url));
const work = await fs.mkdtemp(path.join(os.tmpdir(), "screens-"));
await build({
  entryPoints: [path.join(here, "page.jsx")],
  bundle: true,
  jsx: "automatic",
  define: { "process.env.NODE_ENV": '"production"' },
  outfile: path.join(work, "page.js"),
  logLevel: "error",
});
const style = path.join(here, "node_modules/slack-blocks-to-jsx/dist/style.css");
const css = (await fs.readFile(style, "utf8")) + (await fs.readFile(path.join(here, "page.css"), "utf8"));
const screens = JSON.parse(await fs.readFile(file, "utf8"));
const data = JSON.stringify(screens).replaceAll("<", "\\u003c");
await fs.writeFile(
  path.join(work, "index.html"),
  `<!doctype html><meta charset=utf-8><style>${css}</style><div id=root></div>` +
    `<script>window.screens=${data}</script><script src=page.js></script>`,
);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
let broken = 0;
try {
  const context = await browser.newContext({ viewport: { width: 640, height: 900 }, deviceScaleFactor: 1 });
  const page = await context.newPage();
  await page.route(/^https?:/, (route) => route.abort());
  page.on("pageerror", (error) => {
    broken += 1;
    console.error(String(error).slice(0, 300));
  });
  await page.goto("file://" + path.join(work, "index.html"));
  await page.waitForSelector(`#screen-${screens.at(-1).name}`);
  for (const { name } of screens)
    await page.locator(`#screen-${name}`).screenshot({ path: path.join(folder, `${name}.png`) });
} finally {
  await browser.close();
  await fs.rm(work, { recursive: true });
}
process.exit(broken ? 1 : 0);
