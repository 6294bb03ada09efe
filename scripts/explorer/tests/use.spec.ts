import { expect, seriousFindings, test } from "./page";

const STUDY = "earth-science-literature-table/rapid-mineralisation-of-carbon-dioxide-in";
const VIEWS = ["#/studies?q=%E6%A8%A1%E5%9E%8B&dataset=era5", `#/study/${STUDY}?passage=methods/0004`, "#/charts?"];

for (const language of ["en", "zh"]) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`axe finds nothing serious in ${language}, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      for (const view of VIEWS) {
        await page.goto(`${view}&lang=${language}`);
        await expect(page.locator(".studies tbody tr, .seed mark, .ages .lane").first()).toBeVisible();
        expect(await seriousFindings(page), view).toEqual([]);
      }
      await expect(page.locator("html")).toHaveAttribute("lang", language === "zh" ? "zh-Hans" : "en");
    });
  }
}

test("no view scrolls sideways on a phone", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  for (const view of VIEWS) {
    for (const language of ["en", "zh"]) {
      await page.goto(`${view}&lang=${language}`);
      await expect(page.locator(".studies tbody tr, .seed mark, .ages .lane").first()).toBeVisible();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    }
  }
});

test("a study is found, opened and checked by keyboard alone", async ({ page }) => {
  await page.goto("#/studies?lang=en");
  await expect(page.getByRole("status")).toHaveText("54 studies");
  await page.keyboard.press("Tab");
  await expect(page.getByText("Skip to the content")).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await expect(page.getByLabel("Search titles and texts")).toBeFocused();
  await page.keyboard.type("peridotites");
  await expect(page.locator(".studies tbody tr")).toHaveCount(1);
  await page.locator(".studies a.title").focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Rapid mineralisation of carbon dioxide in peridotites",
  );
  await page.locator(".passage .trace").nth(3).focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".seed mark").first()).toBeInViewport();
  await page.goBack();
  await page.goBack();
  await expect(page.getByLabel("Search titles and texts")).toHaveValue("peridotites");
});

test("a link leads the focus to the heading of another page, and to a passage that it names", async ({ page }) => {
  await page.goto("#/studies?q=PHREEQC&lang=en");
  const heading = page.getByRole("heading", { level: 1 });
  await page.locator(".studies a.title").first().focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("article h1")).toBeFocused();
  await page.locator("a[rel=next]").focus();
  await page.keyboard.press("Enter");
  await expect(page.locator("a[rel=next]")).not.toBeFocused();
  await expect(heading).toBeFocused();
  await page.goBack();
  await page.goBack();
  await expect(heading).toHaveText("Studies");
  await expect(heading).toBeFocused();
  await page.locator(".studies .line a").first().focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".passage.here .trace")).toBeFocused();
  await page.locator(".passage .trace").first().focus();
  await page.keyboard.press("Enter");
  await expect(page.locator(".passage .trace").first()).toBeFocused();
  await page.getByRole("link", { name: "Charts" }).focus();
  await page.keyboard.press("Enter");
  await expect(heading).toHaveText("Charts");
  await expect(heading).toBeFocused();
});

test("the other language shows the same view", async ({ page }) => {
  await page.goto(`#/study/${STUDY}?passage=methods/0004&lang=en`);
  await page.getByRole("link", { name: "中文" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("橄榄岩中二氧化碳的快速矿化");
  await expect(page.locator(".passage.here")).toHaveCount(1);
  expect(page.url()).toContain("lang=zh");
});

test("the page follows the reader's language where the address states none", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ locale: "zh-CN", ...(baseURL ? { baseURL } : {}) });
  const page = await context.newPage();
  await page.goto("");
  await expect(page.getByLabel("检索题名与正文")).toBeVisible();
  await context.close();
});

test("each mark of a chart leads to as many studies as it counts", async ({ page }) => {
  await page.goto("#/charts?lang=en");
  await expect(page.locator(".ages .lane").first()).toBeVisible();
  for (const chart of [".years td a", ".pairs td a", ".bars a"]) {
    const mark = page.locator(chart).nth(2);
    const count = Number(/(\d+) stud/.exec((await mark.getAttribute("aria-label")) ?? "")?.[1]);
    await mark.click();
    await expect(page.locator(".studies tbody tr")).toHaveCount(count);
    await page.goBack();
    await expect(page.locator(".ages .lane").first()).toBeVisible();
  }
  await page.locator(".lane a").first().click();
  await expect(page.getByRole("button", { name: /^Remove Age/ })).toBeVisible();
  await expect(page.locator(".studies a.title").first()).toBeVisible();
});

test("a table that cannot be read is named", async ({ page }) => {
  await page.route("**/studies.parquet", (route) => route.fulfill({ body: "no table" }));
  await page.goto("#/studies?lang=en");
  await expect(page.getByRole("alert")).toContainText("dataset/parquet/studies.parquet");
});

test("the policy lets the page load from its own host alone", async ({ page }) => {
  await page.goto("#/studies?lang=en");
  const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
});
