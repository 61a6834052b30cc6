// Checks each Adaptive Card in FOLDERs of goldens, then draws the screens of a JSON file: node teams.mjs SCREENS.json
// FOLDER_TO_DRAW_INTO ICON.png FOLDER... Needs Chromium; opens no address.
import fs from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const [, , file, into, icon, ...folders] = process.argv;
const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
const screens = JSON.parse(await fs.readFile(file, "utf8"));
// A renderer that found nothing here would find nothing anywhere.
const PLANTED = [
  { type: "AdaptiveCard", version: "1.5", body: [{ type: "TextBlock", text: "Words", weight: "Heavy" }] },
  { type: "AdaptiveCard", version: "1.5", body: [{ type: "Sticker" }] },
  { type: "AdaptiveCard", version: "1.5", body: [{ type: "Input.ChoiceSet", id: "one", label: "One", choices: [] }] },
  { type: "AdaptiveCard", version: "1.5", body: [{ type: "Input.Text", label: "One" }] },
];

// The cards in a golden or a screen, each with where it stands; a card within a card is looked at with it.
function* cards(node, where) {
  if (node?.type === "AdaptiveCard") yield [where, node];
  else if (node && typeof node === "object")
    for (const [name, value] of Object.entries(node)) yield* cards(value, `${where}/${name}`);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
let wrong = 0;
const tell = (line) => {
  wrong += 1;
  console.error(line);
};
try {
  const context = await browser.newContext({ viewport: { width: 640, height: 900 }, deviceScaleFactor: 1 });
  const page = await context.newPage();
  await page.route(/^https?:/, (route) => route.abort());
  page.on("pageerror", (error) => tell(String(error).slice(0, 300)));
  await page.setContent("<!doctype html><html lang=en><body></body></html>");
  await page.addStyleTag({ path: path.join(here, "teams.css") });
  await page.addScriptTag({ path: require.resolve("adaptivecards/dist/adaptivecards.min.js") });
  await page.addScriptTag({ path: require.resolve("markdown-it/browser") });
  await page.addScriptTag({ path: path.join(here, "teams.js") });
  const wrongWith = (card) => page.evaluate((one) => window.wrongWith(one), card);
  for (const planted of PLANTED)
    if (!(await wrongWith(planted)).length) tell(`The renderer finds nothing wrong with ${JSON.stringify(planted)}`);
  let looked = 0;
  const check = async (where, shape) => {
    for (const [at, card] of cards(shape, where)) {
      looked += 1;
      for (const found of await wrongWith(card)) tell(`${at}: ${found}`);
    }
  };
  for (const folder of folders)
    for (const name of (await fs.readdir(folder)).filter((one) => one.endsWith(".json")).sort())
      await check(name, JSON.parse(await fs.readFile(path.join(folder, name), "utf8")));
  for (const screen of screens) await check(screen.name, screen);
  console.log(`${looked} cards looked at, ${wrong} faults`);
  const logo = "data:image/png;base64," + (await fs.readFile(icon)).toString("base64");
  await page.evaluate(([all, picture]) => window.draw(all, picture), [screens, logo]);
  for (const { name } of screens) {
    await page.evaluate((one) => window.alone(one), name);
    await page.locator(`#screen-${name}`).screenshot({ path: path.join(into, `${name}.png`) });
  }
} finally {
  await browser.close();
}
process.exit(wrong ? 1 : 0);
