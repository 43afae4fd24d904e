/**
 * Opens the tear sheet in headless Chromium as a reader would, from a file and without a network. Skipped where there is no
 * Chromium; on Debian `apt-get install chromium` brings it.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sampleRun } from "../sample-run.ts";
import type { SampleRunOptions } from "../sample-run.ts";
import { computeStatistics } from "../statistics.ts";
import { loadTearSheetAssets } from "./assets.ts";
import { renderTearSheet } from "./tear-sheet.ts";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
const CHARTS = ["equity", "drawdown", "distribution", "rolling", "price"].map((name) => `#${name}-chart`);

describe.skipIf(executablePath === undefined)("the tear sheet in a browser (Chromium)", () => {
  const folder = mkdtempSync(join(tmpdir(), "metaexpert-tear-sheet-"));
  let browser: Browser;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: ["--no-sandbox", "--disable-gpu"] });
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  interface Opened extends AsyncDisposable {
    readonly page: Page;
    /** What the browser complained about, and what it asked for beside the file. */
    readonly troubles: string[];
  }

  async function open(options: SampleRunOptions & { readonly scheme?: "light" | "dark"; readonly width?: number } = {}): Promise<Opened> {
    const record = sampleRun({ days: 400, trades: 120, ...options });
    const assets = loadTearSheetAssets((file) => readFileSync(file, "utf8"));
    const file = join(mkdtempSync(join(folder, "page-")), "tear-sheet.html");
    writeFileSync(file, renderTearSheet(record, computeStatistics(record), assets));

    const colorScheme = options.scheme ?? "light";
    const viewport = { width: options.width ?? 1280, height: 900 };
    const context = await browser.newContext({ viewport, colorScheme, offline: true, reducedMotion: "reduce" });
    const page = await context.newPage();
    const troubles: string[] = [];
    page.on("console", (message) => troubles.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => {
      troubles.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (request.url() !== pathToFileURL(file).href) troubles.push(`request: ${request.url().slice(0, 100)}`);
    });
    await page.goto(pathToFileURL(file).href);
    await page.waitForFunction("document.documentElement.dataset.ready === 'true' && document.querySelector('#price-chart canvas')");
    await page.waitForTimeout(300);
    return { page, troubles, [Symbol.asyncDispose]: async () => context.close() };
  }

  it("opens offline without an error and without a request", async () => {
    await using opened = await open();

    expect(opened.troubles).toEqual([]);
  });

  it.each(["light", "dark"] as const)("draws every chart in the %s scheme", async (scheme) => {
    await using opened = await open({ scheme });

    for (const chart of CHARTS) {
      const colours = await countColours(opened.page, chart);
      expect(colours, `colours of ${chart}`).toBeGreaterThan(8);
    }
  });

  it.each(["light", "dark"] as const)("has text with enough contrast in the %s scheme", async (scheme) => {
    await using opened = await open({ scheme });
    const faint = await opened.page.evaluate<string[]>(FIND_FAINT_TEXT);

    expect(faint).toEqual([]);
  });

  it("fits a phone without scrolling sideways", async () => {
    await using opened = await open({ width: 360 });
    const overflow = await opened.page.evaluate<number>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

    expect(overflow).toBe(0);
    expect(await countColours(opened.page, "#equity-chart")).toBeGreaterThan(8);
  });

  it("shows a chosen trade in the chart", async () => {
    await using opened = await open();
    const { page } = opened;
    const before = await page.locator("#price-chart").screenshot();
    await page.click("#trade-table tbody tr:nth-child(7)");
    await page.waitForTimeout(300);

    expect(await page.textContent("#price-status")).toMatch(/^Trade 7, (?:long|short): /);
    expect(await page.getAttribute("#trade-table tbody tr:nth-child(7)", "aria-selected")).toBe("true");
    expect((await page.locator("#price-chart").screenshot()).equals(before)).toBe(false);
    expect(opened.troubles).toEqual([]);
  });

  it("sorts, filters and pages the trade list", async () => {
    await using opened = await open();
    const { page } = opened;
    const returns = async (): Promise<number[]> =>
      (await page.locator("#trade-table tbody td.tone:nth-of-type(8)").allTextContents()).map((text) => Number.parseFloat(text));
    await page.click("#trade-table thead button:has-text('Return')");
    const sorted = await returns();
    await page.selectOption("#trade-outcome", "lost");
    const lost = await returns();
    await page.fill("#trade-search", "stoploss");

    expect(sorted).toHaveLength(25);
    expect(sorted).toEqual(sorted.toSorted((left, right) => right - left));
    expect(lost.every((value) => value < 0)).toBe(true);
    expect(await page.textContent("#trade-count")).toMatch(/^\d+ of \d+ trades$/);
    const reasons = await page.locator("#trade-table tbody td:last-child").allTextContents();
    expect([...new Set(reasons)]).toEqual(["stopLoss"]);
  });

  it("turns pages by keyboard and keeps the focus", async () => {
    await using opened = await open();
    const { page } = opened;
    await page.focus("#trade-pager button:has-text('Next')");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");

    expect(await page.textContent("#trade-pager span")).toMatch(/^Page 3 of /);
  });

  it("switches between linear and logarithmic equity, and buy and hold on and off", async () => {
    await using opened = await open();
    const { page } = opened;
    const shape = async (): Promise<string | null> => page.getAttribute("#equity-chart path.run", "d");
    const linear = await shape();
    await page.click("[data-scale=log]");
    const logarithmic = await shape();
    await page.uncheck("#show-hold");

    expect(logarithmic).not.toBe(linear);
    expect(await page.getAttribute("[data-scale=log]", "aria-pressed")).toBe("true");
    expect(await page.locator("#equity-chart path.hold").count()).toBe(0);
  });

  it("tells equity and drawdown of one moment by pointer and by arrow keys", async () => {
    await using opened = await open();
    const { page } = opened;
    await page.hover("#equity-chart", { position: { x: 500, y: 100 } });
    const byPointer = await page.textContent("#drawdown-chart .readout");
    await page.focus("#equity-chart");
    await page.keyboard.press("End");
    const end = await page.textContent("#equity-chart .readout b");
    await page.keyboard.press("PageUp");

    expect(byPointer).toMatch(/Drawdown -?[\d.]+ %/);
    expect(await page.textContent("#equity-chart .readout b")).not.toBe(end);
  });

  it("explains a figure on hover and on focus, and hides it on Escape", async () => {
    await using opened = await open();
    const { page } = opened;
    await page.hover(".tile .term >> nth=3");
    const hovered = await page.textContent("#tip");
    await page.mouse.move(0, 0);
    await page.focus(".tile .term >> nth=4");
    const focused = await page.textContent("#tip");
    await page.keyboard.press("Escape");

    expect(hovered).toContain("standard deviation");
    expect(focused).toContain("Deepest fall");
    expect(await page.isVisible("#tip")).toBe(false);
  });

  it("keeps explaining what the focus is on while the page scrolls to it", async () => {
    await using opened = await open();
    const { page } = opened;
    await page.focus("#statistics-headline .term >> nth=30");
    await page.waitForTimeout(200);

    expect(await page.isVisible("#tip")).toBe(true);
  });

  it("moves between tabs by click and by arrow keys", async () => {
    await using opened = await open();
    const { page } = opened;
    await page.click("#statistics-lean-tab");
    const lean = await page.isVisible("#statistics-lean");
    await page.keyboard.press("ArrowRight");

    expect(lean).toBe(true);
    expect(await page.isVisible("#statistics-lean")).toBe(false);
    expect(await page.isVisible("#statistics-jesse")).toBe(true);
  });

  it("goes from the system's colours to light to dark", async () => {
    await using opened = await open({ scheme: "dark" });
    const { page } = opened;
    const background = async (): Promise<string> => page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
    const system = await background();
    await page.click("#theme");
    const light = await background();
    await page.click("#theme");

    expect(light).not.toBe(system);
    expect(await background()).toBe(system);
    expect(await page.getAttribute("#theme", "aria-label")).toBe("Colour scheme: dark");
  });

  it("shows hostile names as text", async () => {
    await using opened = await open({
      symbol: "</script><script>alert(1)</script>",
      expertName: "<img src=x onerror=alert(2)>",
      entryTags: ["</script>", "<b onmouseover=alert(3)>"],
    });

    expect(opened.troubles).toEqual([]);
    expect(await opened.page.textContent("h1")).toBe("<img src=x onerror=alert(2)>");
    expect(await opened.page.textContent("#trade-table tbody")).toContain("</script>");
  });

  it("opens for a run of two days", async () => {
    await using opened = await open({ days: 2, trades: 3 });

    expect(opened.troubles).toEqual([]);
  });

  /** How many colours the picture of an element has; a blank one has one or two. */
  async function countColours(page: Page, selector: string): Promise<number> {
    await page.locator(selector).scrollIntoViewIfNeeded();
    const picture = (await page.locator(selector).screenshot()).toString("base64");
    const blank = await page.context().newPage();
    try {
      return await blank.evaluate<number>(`(async () => {
        const bytes = Uint8Array.from(atob("${picture}"), (character) => character.charCodeAt(0));
        const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
        const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
        context.drawImage(image, 0, 0);
        return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
      })()`);
    } finally {
      await blank.close();
    }
  }
});

/** Every text whose contrast with what lies behind it is below WCAG's AA: 4.5, or 3 for large text. */
const FIND_FAINT_TEXT = `(() => {
  const parse = (text) => {
    const numbers = text.match(/[\\d.]+(?:e-?\\d+)?/g)?.map(Number) ?? [0, 0, 0, 0];
    const scale = text.startsWith("color(") ? 1 : 1 / 255;
    return { rgb: numbers.slice(0, 3).map((value) => value * scale), alpha: numbers[3] ?? 1 };
  };
  const light = ([red, green, blue]) => {
    const linear = [red, green, blue].map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const layer = parse(getComputedStyle(at).backgroundColor);
      if (layer.alpha > 0) layers.push(layer);
      if (layer.alpha === 1) break;
    }
    return layers.reduceRight((under, { rgb, alpha }) => rgb.map((value, index) => value * alpha + under[index] * (1 - alpha)), [1, 1, 1]);
  };
  const faint = [];
  for (const element of document.querySelectorAll("body *")) {
    if (![...element.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim() !== "")) continue;
    if (!element.checkVisibility() || element.disabled || element.closest("script, style, .hidden, .skip")) continue;
    const style = getComputedStyle(element);
    const isSvg = element.namespaceURI.endsWith("svg");
    const colour = parse(isSvg ? style.fill : style.color).rgb;
    const [one, other] = [light(colour), light(behind(isSvg ? element.ownerSVGElement.parentElement : element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (isLarge ? 3 : 4.5)) faint.push(element.tagName + "." + (element.getAttribute("class") ?? "") + " " + element.textContent.trim().slice(0, 20) + " " + contrast.toFixed(2));
  }
  return [...new Set(faint)].slice(0, 20);
})()`;
