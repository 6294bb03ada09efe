import { readFileSync } from "node:fs";
import { documentNames } from "../src/names";
import type { Document } from "../src/rows";
import { readView } from "../src/view";
import { expect, published, REPOSITORY, test } from "./page";

interface Mention {
  entity_id: string;
  passage_id: string;
}

test("slow slip is found in Chinese and in English", async ({ page }) => {
  await page.goto("#/studies?lang=en");
  await expect(page.getByRole("status")).toHaveText("54 studies");
  for (const query of ["慢滑", "slow slip"]) {
    await page.getByLabel("Search titles and texts").fill(query);
    await expect(page.getByRole("status")).toHaveText(/^\d+ of 54 studies$/);
    const titles = await page.locator(".studies tbody tr").allTextContents();
    expect(titles.join("\n")).toContain("Slow slip along the Hikurangi margin");
    expect(titles.join("\n")).toContain("沿 Hikurangi 边缘的慢滑与俯冲海山后的富流体沉积物相关");
    await expect(page.locator(".studies mark").first()).toBeVisible();
  }
});

test("a stretch of Chinese is found whole, and no study that has its pairs apart", async ({ page }) => {
  const studies = await published<Record<string, unknown>>("studies");
  const holding = studies.filter((study) =>
    Object.values(study).some((text) => typeof text === "string" && text.includes("慢滑事件")),
  );
  await page.goto(`#/studies?q=${encodeURIComponent("慢滑事件")}&lang=zh`);
  await expect(page.locator(".studies tbody tr")).toHaveCount(holding.length);
  expect(holding.length).toBeGreaterThan(0);
});

test("either name of an entity finds the studies that print the other", async ({ page }) => {
  await page.goto("#/studies?lang=en");
  await page.getByLabel("Search titles and texts").fill("random forest");
  const found = page.getByRole("status");
  await expect(found).toHaveText(/ of /);
  const mentions = await published<Mention>("mentions");
  const naming = new Set(
    mentions
      .filter((each) => each.entity_id === "random-forest")
      .map((each) => each.passage_id.split("/").slice(0, 2).join("/")),
  );
  expect(Number((await found.textContent())?.split(" ")[0])).toBeGreaterThanOrEqual(naming.size);
});

test("the symbol of an element finds it with its charge", async ({ page }) => {
  const studies = await published<Record<string, unknown>>("studies");
  const holding = studies.filter((study) =>
    Object.values(study).some((text) => typeof text === "string" && /(?<!\p{L})Fe(?!\p{L})/u.test(text)),
  );
  await page.goto("#/studies?q=Fe&lang=en");
  await expect(page.locator(".studies mark").first()).toBeVisible();
  const shown = await page
    .locator(".studies a.title")
    .evaluateAll((links) => links.map((link) => decodeURIComponent((link as HTMLAnchorElement).hash)));
  expect(holding.length).toBeGreaterThan(4);
  for (const study of holding) expect(shown.some((hash) => hash.includes(`${study.study_id}?`))).toBe(true);
});

test("a number is found whole", async ({ page }) => {
  const studies = await published<Record<string, unknown>>("studies");
  const holding = studies.filter((study) =>
    Object.values(study).some((text) => typeof text === "string" && /(?<![\p{L}\p{N}])95(?![\p{L}\p{N}])/u.test(text)),
  );
  await page.goto("#/studies?q=95&lang=en");
  await expect(page.locator(".studies tbody tr")).toHaveCount(holding.length);
  expect(holding.length).toBeGreaterThan(0);
});

test("documents of one name are told apart by their identifiers", () => {
  const table = (document_id: string): Document => ({
    ...{ document_id, kind: "literature_table", title_zh: "论文题目", issue: null, seed_path: "", sha256: "" },
  });
  const names = (ids: string[]): string[] => [...documentNames(ids.map(table), "zh").values()];
  expect(names(["a"])).toEqual(["文献梳理表"]);
  expect(names(["a", "b"])).toEqual(["文献梳理表 (a)", "文献梳理表 (b)"]);
});

test("what an address states without sense is left out", () => {
  const view = readView("#/%E0%A4%A/x?sort=weight-desc&age=old&quantity=@@&year=&journal=&lang=la&q=%FF", "zh");
  expect([view.page, view.language, view.sort, view.age, view.quantity]).toEqual(["studies", "zh", null, "", ""]);
  expect(Object.values(view.filters).flat()).toEqual([]);
  expect(readView("#/studies?age=0.5-67&quantity=1%20/%20[time]@-3", "en")).toMatchObject({
    ...{ age: "0.5-67", quantity: "1 / [time]@-3" },
  });
});

test("what was found leads to its passage and its source", async ({ page }) => {
  await page.goto(`#/studies?q=${encodeURIComponent("PHREEQC")}&lang=en`);
  await page.locator(".studies .line a").first().click();
  await expect(page.locator(".passage.here")).toContainText("PHREEQC");
  await expect(page.locator(".seed mark").first()).toBeInViewport();
});

test("filtering by ERA5 leaves the studies that mention it", async ({ page }) => {
  await page.goto("#/studies?lang=en");
  await page.getByText("Dataset", { exact: true }).click();
  await page.getByRole("checkbox", { name: /^ERA5 \d+$/ }).check();
  const mentions = await published<Mention>("mentions");
  const studies = new Set(
    mentions
      .filter((each) => each.entity_id === "era5")
      .map((each) => each.passage_id.split("/").slice(0, 2).join("/")),
  );
  await expect(page.locator(".studies tbody tr")).toHaveCount(studies.size);
  const shown = await page
    .locator(".studies a.title")
    .evaluateAll((links) => links.map((link) => decodeURIComponent((link as HTMLAnchorElement).hash)));
  expect(new Set(shown.map((hash) => hash.replace(/^#\/study\/(.*)\?.*$/, "$1")))).toEqual(studies);
});

test("a step back takes the last filter away, and one forth sets it again; letters of a search are no steps", async ({
  page,
}) => {
  await page.goto("#/charts?lang=en");
  await page.getByRole("link", { name: "Studies", exact: true }).click();
  const found = page.getByRole("status");
  await expect(found).toHaveText("54 studies");
  await page.getByLabel("Search titles and texts").pressSequentially("模型");
  await expect(found).toHaveText(/^\d+ of/);
  const searched = (await found.textContent()) ?? "";
  const science = page.getByRole("checkbox", { name: /^Science \d+$/ });
  const nature = page.getByRole("checkbox", { name: /^Nature \d+$/ });
  await science.check();
  const one = (await found.textContent()) ?? "";
  expect(one).not.toBe(searched);
  await nature.check();
  await page.getByRole("button", { name: "Remove Science" }).click();
  await expect(science).not.toBeChecked();
  await expect(page.getByRole("button", { name: "Remove Nature" })).toBeFocused();
  await page.goBack();
  await expect(science).toBeChecked();
  await page.goBack();
  await expect(nature).not.toBeChecked();
  await expect(found).toHaveText(one);
  await page.goBack();
  await expect(science).not.toBeChecked();
  await expect(found).toHaveText(searched);
  await page.goForward();
  await expect(science).toBeChecked();
  await page.goBack();
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Charts");
});

test("an address shows the same view in another browser", async ({ page, browser, baseURL }) => {
  await page.goto("#/studies?lang=zh");
  await page.getByLabel("检索题名与正文").fill("模型");
  await page.getByText("Nature Geoscience").first().click();
  await page.getByRole("button", { name: /^日期/ }).click();
  await page.getByRole("button", { name: /^日期/ }).click();
  await expect(page.locator("th[aria-sort=descending]")).toHaveText(/日期/);
  const rows = await page.locator(".studies tbody").innerText();
  const context = await browser.newContext({ locale: "en-GB", ...(baseURL ? { baseURL } : {}) });
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByLabel("检索题名与正文")).toHaveValue("模型");
  await expect(other.locator("th[aria-sort=descending]")).toHaveText(/日期/);
  await expect.poll(() => other.locator(".studies tbody").innerText()).toBe(rows);
  await context.close();
});

test("the download of all studies is the published CSV file, and of some their lines of it", async ({ page }) => {
  const file = readFileSync(`${REPOSITORY}dataset/csv/studies.csv`, "utf-8");
  await page.goto("#/studies?lang=en");
  const save = async (): Promise<string> => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download as CSV" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("studies.csv");
    return readFileSync(await download.path(), "utf-8");
  };
  expect(await save()).toBe(file);
  await page.getByRole("checkbox", { name: /^Science \d+$/ }).check();
  await expect(page.getByRole("status")).toHaveText(/^4 of/);
  const some = await save();
  expect(some.split("\n")[0]).toBe(file.split("\n")[0]);
  const titles = (await page.locator(".studies a.title").allTextContents()).map((title) => `"${title}"`);
  expect(titles.filter((title) => some.includes(title))).toHaveLength(4);
  for (const row of some.slice(some.indexOf("\n") + 1).split(/\n(?="earth)/)) expect(file).toContain(row.trimEnd());
});

test("rows sort by each column, and what has no value stands last", async ({ page }) => {
  await page.goto("#/studies?sort=date&lang=en");
  const dates = async (): Promise<string[]> => page.locator(".studies tbody td.date").allTextContents();
  await expect(page.locator(".studies tbody tr")).toHaveCount(54);
  const rising = await dates();
  const filled = rising.filter(Boolean);
  expect(rising).toEqual([...[...filled].sort(), ...rising.filter((date) => !date)]);
  await page.goto("#/studies?sort=date-desc&lang=en");
  await expect.poll(async () => (await dates())[0]).toBe(filled.at(-1));
  expect((await dates()).at(-1)).toBe("");
});

test("nothing found says so", async ({ page }) => {
  await page.goto("#/studies?q=zzzz&lang=en");
  await expect(page.getByText("No study has all of this.")).toBeVisible();
  await expect(page.getByRole("button", { name: "Download as CSV" })).toBeDisabled();
});
