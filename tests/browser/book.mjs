// Opens books in a real browser: `node book.mjs FOLDER…`. Every page is looked at in light and dark, on a desk and on a phone; the
// search is used with the mouse and with the keyboard alone; a page is printed. Ends with 1 and a list where something is wrong.
import { chromium } from "playwright-core";
import { readFileSync, readdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const AT_ONCE = 4;
const PHONE = { width: 360, height: 780 };
/// What is between the margins of A4.
const SHEET = { width: 688, height: 1000 };
const DESK = { width: 1280, height: 900 };

const problems = [];
const wrong = (where, what) => problems.push(`${where}: ${what}`);
let looks = 0;

const pagesBelow = (folder) => readdirSync(folder, { recursive: true })
  .map((name) => name.replaceAll("\\", "/"))
  .filter((name) => name.endsWith(".html"))
  .sort();

/// A page that tells what goes wrong on it.
const opened = async (context, where) => {
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && wrong(where(), `console: ${message.text()}`));
  page.on("pageerror", (error) => wrong(where(), `script: ${error.message}`));
  page.on("requestfailed", (request) => wrong(where(), `not loaded: ${request.url()}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith("file:") && !url.startsWith("data:")) {
      wrong(where(), `fetches ${url}`);
    }
  });
  return page;
};

const audit = async (page, where) => {
  await page.evaluate(AXE);
  const found = await page.evaluate(
    (tags) => globalThis.axe.run(document, { runOnly: tags, resultTypes: ["violations"], preload: false }), TAGS);
  for (const violation of found.violations) {
    const nodes = violation.nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${node.failureSummary ?? ""}`);
    wrong(where, `axe ${violation.id} (${violation.nodes.length}): ${nodes.join(" | ").replace(/\s+/g, " ")}`);
  }
  looks += 1;
};

/// Everything folded is unfolded, so that it is looked at too.
const unfold = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((one) => { one.open = true; }));

const wideAs = async (page, where) => {
  const [needs, has] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  if (needs > has) {
    const widest = await page.evaluate((width) => [...document.querySelectorAll("main *")]
      .filter((one) => one.getBoundingClientRect().right > width && !one.closest(".scroll, .drawing"))
      .slice(0, 3).map((one) => one.outerHTML.slice(0, 80)), has);
    wrong(where, `scrolls sideways (${needs} in ${has}): ${widest.join(" | ")}`);
  }
};

const look = async (browser, folder, names) => {
  const anchors = new Map();
  const links = [];
  const todo = [...names];
  const worker = async () => {
    const contexts = [];
    for (const colorScheme of ["light", "dark"]) {
      contexts.push([colorScheme, await browser.newContext({ colorScheme, viewport: DESK })]);
    }
    for (let name = todo.shift(); name; name = todo.shift()) {
      for (const [scheme, context] of contexts) {
        const where = `${folder}/${name} (${scheme})`;
        const page = await opened(context, () => where);
        await page.goto(pathToFileURL(join(folder, name)).href);
        await unfold(page);
        await audit(page, where);
        if (scheme === "light") {
          anchors.set(name, new Set(await page.evaluate(() => [...document.querySelectorAll("[id]")].map((one) => one.id))));
          const hrefs = await page.evaluate(() => [...document.querySelectorAll("a[href]")].map((one) => one.href));
          hrefs.forEach((href) => links.push([name, href]));
          await page.setViewportSize(PHONE);
          await wideAs(page, where);
        }
        await page.close();
      }
    }
    await Promise.all(contexts.map(([, context]) => context.close()));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const root = pathToFileURL(folder + "/").href;
  const seen = new Set();
  for (const [name, href] of links.filter(([, href]) => href.startsWith("file:"))) {
    const [path, place] = href.split("#");
    const target = decodeURIComponent(path.slice(root.length));
    if (seen.has(href)) {
      continue;
    }
    seen.add(href);
    const leads = target.endsWith(".html")
      ? anchors.has(target) && (!place || anchors.get(target).has(decodeURIComponent(place)))
      : statSync(join(folder, target), { throwIfNoEntry: false })?.isFile();
    if (!path.startsWith(root) || !leads) {
      wrong(`${folder}/${name}`, `${href} leads nowhere`);
    }
  }
  return seen.size;
};

const titles = (page) => page.locator("#resultater a").allTextContents();

const search = async (browser, folder) => {
  const where = `${folder}: search`;
  const context = await browser.newContext({ viewport: DESK });
  const page = await opened(context, () => where);
  const front = pathToFileURL(join(folder, "index.html")).href;

  // with the mouse, from the front page
  await page.goto(front);
  await page.locator("header input[type=search]").fill("udskrivningskoordinator");
  await page.locator("header button").click();
  await page.waitForURL(/soeg\.html\?q=/);
  const first = await page.locator("#resultater a").first().textContent();
  if (!/udskrivningskoordinator/i.test(first)) {
    wrong(where, `the first result is \`${first}\``);
  }
  await page.locator("#resultater a").first().click();
  await page.waitForURL(/stoetter\/udskrivningskoordinator\.html/);

  // a part of a word, other spellings, several words, nothing
  await page.goto(pathToFileURL(join(folder, "soeg.html")).href);
  for (const [query, wanted] of [
    ["koordinator", /Udskrivningskoordinator/],
    ["stottebehov", /brug for støtte/],
    ["stoettebehov", /brug for støtte/],
    ["målgruppe", /målgruppe/i],
    ["maalgruppe", /målgruppe/i],
    ["malgruppe", /målgruppe/i],
    ["§ 31 b stk 2", /§ 31 b, stk\. 2/],
    ["koordinatoren", /koordinator/i],
  ]) {
    await page.locator("#q").fill(query);
    const found = await titles(page);
    if (!found.some((title) => wanted.test(title))) {
      wrong(where, `\`${query}\` finds ${found.length}, but not ${wanted}`);
    }
  }
  await page.locator("#q").fill("qqxxyyzz");
  if ((await titles(page)).length > 0 || !(await page.locator("#status").textContent()).trim()) {
    wrong(where, "nothing found is not said");
  }
  await page.locator("#q").fill("<img src=x onerror=alert(1)>");
  await audit(page, where);

  // with the keyboard alone
  await page.goto(front);
  await page.keyboard.press("Tab");
  if (!(await page.evaluate(() => document.activeElement.classList.contains("skip")))) {
    wrong(where, "the first stop is not the way past the menu");
  }
  await page.keyboard.press("Enter");
  if (!(await page.evaluate(() => document.activeElement.id === "indhold"))) {
    wrong(where, "the way past the menu does not lead to the contents");
  }
  await page.goto(front);
  for (let stop = 0; stop < 6; stop += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement.id === "q")) {
      break;
    }
  }
  await page.keyboard.type("ret- og pligtmentor");
  await page.keyboard.press("Enter");
  await page.waitForURL(/soeg\.html\?q=/);
  await page.waitForSelector("#resultater a");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  const focused = await page.evaluate(() => document.activeElement.textContent);
  if (!/pligtmentor/i.test(focused)) {
    wrong(where, `the arrow keys lead to \`${focused}\``);
  }
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.href.includes("soeg.html"));
  await context.close();
};

/// What is folded is on paper too, and what only helps on a screen is not.
const print = async (browser, folder, name) => {
  const where = `${folder}/${name} on paper`;
  const context = await browser.newContext({ viewport: DESK });
  const page = await opened(context, () => where);
  await page.goto(pathToFileURL(join(folder, name)).href);
  const pdf = await page.pdf({ format: "A4" });
  if (!pdf.subarray(0, 5).equals(Buffer.from("%PDF-")) || pdf.length < 20_000) {
    wrong(where, `no page: ${pdf.length} bytes`);
  }
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize(SHEET);
  await unfold(page);
  await wideAs(page, where);
  for (const selector of [".menu", ".contents", ".skip"]) {
    if (await page.locator(selector).first().isVisible().catch(() => false)) {
      wrong(where, `\`${selector}\` is printed`);
    }
  }
  await context.close();
};

const folders = process.argv.slice(2).map((folder) => resolve(folder));
if (folders.length === 0) {
  console.error("node book.mjs FOLDER…");
  process.exit(2);
}
const profile = mkdtempSync(join(tmpdir(), "hjemmel-browser-"));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  headless: true,
  env: { ...process.env, HOME: profile },
  args: [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
  ],
});
let pages = 0;
let links = 0;
try {
  for (const folder of folders) {
    const names = pagesBelow(folder);
    pages += names.length;
    links += await look(browser, folder, names);
    await search(browser, folder);
    await print(browser, folder, "dokumenter/kommuner-slagelse.html");
    await print(browser, folder, "steder/slagelse.html");
  }
} finally {
  await browser.close();
  rmSync(profile, { recursive: true, force: true });
}
if (problems.length > 0) {
  const shown = problems.slice(0, 60);
  console.error(shown.join("\n"));
  console.error(`${problems.length} problems`);
  process.exit(1);
}
console.log(`${pages} pages, looked at ${looks} times in light and dark; ${links} links lead somewhere; search, keyboard and print work`);
