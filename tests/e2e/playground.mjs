// Does in the Playground what it is told on its input, a JSON array a line: ["say", "words"]. Answers each with a line.
// node playground.mjs ADDRESS_OF_PLAYGROUND FOLDER_FOR_PICTURES. Opens nothing beyond this machine.
import fs from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import { chromium } from "playwright-core";

const [, , address, pictures] = process.argv;
const profile = await fs.mkdtemp(path.join(os.tmpdir(), "playground-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
  headless: true,
  viewport: { width: 1280, height: 900 },
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
await context.route(/^https?:\/\/(?!127\.0\.0\.1|localhost)/, (route) => route.abort());
const page = context.pages()[0] ?? (await context.newPage());
const CHAT = { x: 330, y: 48, width: 620, height: 790 }; // of the window: without the list of chats and the log
const SOON = { timeout: 10_000 };
const compose = () => page.locator('[contenteditable="true"]').first();
const dialog = () => page.locator("[role=dialog]");
// The log of the Playground repeats what is said: the chat itself comes before it.
const shown = (words) => page.getByText(words).first().waitFor({ state: "visible", ...SOON });

const STEPS = {
  open: async () => {
    await page.goto(address, { waitUntil: "domcontentloaded" });
    await compose().waitFor(SOON);
  },
  say: async (words) => {
    await compose().click(SOON);
    await page.keyboard.type(words);
    await page.keyboard.press("Enter");
  },
  sees: (words) => shown(words),
  press: (label) => page.getByRole("button", { name: label, exact: true }).last().click(SOON),
  cites: async (number, words) => {
    await page.locator("span,sup,a,button,div").filter({ hasText: new RegExp(`^${number}$`) }).last().hover(SOON);
    await page.locator("[role=tooltip], [role=group], .fui-PopoverSurface").getByText(words).first().waitFor(SOON);
  },
  inside: (words) => dialog().getByText(words).first().waitFor(SOON),
  leave: () => page.mouse.move(5, 890),
  likes: async (words) => {
    await page.getByRole("button", { name: "Like", exact: true }).last().click(SOON);
    await dialog().locator("textarea, input[type=text]").first().fill(words, SOON);
    await dialog().getByRole("button", { name: "Submit" }).click(SOON);
    await dialog().getByText("We appreciate your feedback").waitFor(SOON);
    await dialog().getByRole("button", { name: "Close" }).click(SOON);
  },
  acts: async (message, command, words) => {
    const own = page.getByText(message, { exact: true }).first();
    await own.hover(SOON);
    await own.locator('xpath=preceding::button[@aria-label="Show more information"][1]').click(SOON);
    await page.getByRole("menuitem", { name: "Action Command" }).click(SOON);
    await dialog().locator("input[type=text]").fill(command, SOON);
    await dialog().locator("input[value=adaptiveCard]").check({ force: true, ...SOON });
    await dialog().getByRole("button", { name: "Create" }).click(SOON);
    await dialog().getByText(words).first().waitFor(SOON);
  },
  gone: (words) => page.getByText(words).first().waitFor({ state: "hidden", ...SOON }),
  close: () => dialog().getByRole("button", { name: "Close" }).first().click(SOON),
  picture: async (name) => {
    await page.waitForTimeout(300); // what has just come is still moving
    await page.screenshot({ path: path.join(pictures, `${name}.png`), clip: CHAT });
  },
};

try {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [step, ...given] = JSON.parse(line);
    let fault = "";
    try {
      await STEPS[step](...given);
    } catch (error) {
      fault = String(error).split("\n")[0];
    }
    console.log(JSON.stringify(fault));
  }
} finally {
  await context.close();
  await fs.rm(profile, { recursive: true, force: true });
}
