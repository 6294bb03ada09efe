import { expect, published, test } from "./page";

const STUDY = "earth-science-literature-table/rapid-mineralisation-of-carbon-dioxide-in";

interface Passage {
  passage_id: string;
  study_id: string;
  text: string;
  number: string | null;
  label: string | null;
}

test("every passage of a study stands in its outline, word for word", async ({ page }) => {
  const passages = (await published<Passage>("passages")).filter((each) => each.study_id === STUDY);
  await page.goto(`#/study/${STUDY}?lang=en`);
  await expect(page.locator(".passage")).toHaveCount(passages.length);
  await expect(page.locator(".fact").first()).toBeVisible();
  expect(await page.locator(".passage .text").allTextContents()).toEqual(passages.map((each) => each.text));
  expect(await page.locator(".passage .label").allTextContents()).toEqual(passages.flatMap((each) => each.label ?? []));
});

test("a quantity shows its value in SI, an entity its name, by focus alone", async ({ page }) => {
  await page.goto(`#/study/${STUDY}?lang=en`);
  await page.locator(".fact.quantity", { hasText: "45 天" }).first().focus();
  await expect(page.getByRole("tooltip")).toContainText("In SI");
  await expect(page.getByRole("tooltip")).toContainText("3,888,000 s");
  await page.locator(".fact.entity", { hasText: "阿曼" }).first().focus();
  await expect(page.getByRole("tooltip")).toContainText("Oman");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("tooltip")).toHaveCount(0);
});

test("a quantity is told to its last digit, and in SI too", async ({ page }) => {
  await page.goto("#/study/earthquake-frontiers-2023-10/study-1?passage=body/0007&lang=en");
  const tip = page.getByRole("tooltip");
  await page.locator(".passage.here .fact.quantity", { hasText: /^0\.26371$/ }).focus();
  await expect(tip).toContainText("0.26371");
  await page.locator(".passage.here .fact.quantity", { hasText: /^99\.84%$/ }).focus();
  await expect(tip).toContainText("In SI0.9984");
});

test("hovering a term shows its English, and the pointer may go there", async ({ page }) => {
  await page.goto(`#/study/${STUDY}?lang=zh`);
  await page.locator(".fact.term", { hasText: "注入溶液" }).first().hover();
  await expect(page.getByRole("tooltip")).toContainText("IS");
  await page.getByRole("tooltip").hover();
  await expect(page.getByRole("tooltip")).toBeVisible();
});

test("what an entity shows leads to the studies that name it, by keyboard", async ({ page }) => {
  await page.goto(`#/study/${STUDY}?lang=en`);
  await page.locator(".fact.entity", { hasText: "阿曼" }).first().focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog").getByRole("link", { name: "Studies that name it" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Remove Oman" })).toBeVisible();
});

test("gaps and broken passages are marked", async ({ page }) => {
  interface Gap {
    study_id: string;
    note: string;
  }
  const gaps = (await published<Gap>("gaps")).filter((each) => each.study_id === STUDY);
  await page.goto(`#/study/${STUDY}?lang=en`);
  await expect(page.locator(".gaps li")).toHaveCount(gaps.length);
  const told = (await page.locator(".gaps").allTextContents()).join("\n");
  for (const gap of gaps) expect(told).toContain(gap.note);
  const broken = page.locator(".passage", { hasText: "predicted" });
  await expect(broken.locator(".broken")).toHaveText("breaks off");
});

test("what a title lost is told above the outline", async ({ page }) => {
  interface Gap {
    study_id: string;
    facet: string;
    note: string;
  }
  const gap = (await published<Gap>("gaps")).find((each) => each.facet === "title_zh");
  await page.goto(`#/study/${gap?.study_id}?lang=en`);
  await expect(page.locator(".gaps").first()).toContainText(gap?.note ?? "no gap in a title");
});
