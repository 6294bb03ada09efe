import { expect, markedStretches, published, seedCharacters, STRANGE, test } from "./page";

interface Span {
  document_id: string;
  start: bigint;
  end: bigint;
  role: string;
  passage_id: string | null;
  position: bigint | null;
}

const DOCUMENT = "earth-science-literature-table";
const STUDY = `${DOCUMENT}/rapid-mineralisation-of-carbon-dioxide-in`;

/** The characters of a passage's spans, as they stand in the seed, in the order of the document. */
async function characters(passage: string): Promise<string> {
  const seed = seedCharacters(passage.split("/")[0] ?? "");
  const spans = (await published<Span>("spans")).filter((span) => span.passage_id === passage);
  spans.sort((a, b) => Number(a.start - b.start));
  return spans.map((span) => seed.slice(Number(span.start), Number(span.end)).join("")).join("");
}

test("a click on a passage marks its characters in the document, and no others", async ({ page }) => {
  await page.goto(`#/study/${STUDY}?lang=en`);
  await expect(page.locator(".seed")).toContainText("橄榄岩");
  for (const words of ["计算实测值与预测值的差值", "封隔器测试获得的渗透率数据"]) {
    const passage = page.locator(".passage", { hasText: words });
    await passage.locator("p").click({ position: { x: 3, y: 3 } });
    await expect(passage).toHaveClass(/here/);
    const chosen = new URLSearchParams(page.url().split("?")[1]).get("passage");
    await expect(page.locator(".seed mark").first()).toBeInViewport();
    expect((await markedStretches(page)).join("")).toBe(await characters(`${STUDY}/${chosen}`));
  }
});

test("every passage of a study marks just its published spans", async ({ page }) => {
  test.setTimeout(120_000);
  const spans = (await published<Span>("spans")).filter((span) => span.passage_id?.startsWith(`${STUDY}/`));
  const passages = [...new Set(spans.map((span) => span.passage_id as string))];
  await page.goto(`#/study/${STUDY}?lang=en`);
  await expect(page.locator(".seed a.stretch").first()).toBeVisible();
  expect(passages.length).toBeGreaterThan(40);
  for (const passage of passages) {
    const within = passage.slice(STUDY.length + 1);
    await page.evaluate(
      (hash) => void (location.hash = hash),
      `#/study/${STUDY}?passage=${encodeURIComponent(within)}&lang=en`,
    );
    await expect(page.locator(".passage.here")).toHaveCount(1);
    expect((await markedStretches(page)).join("")).toBe(await characters(passage));
  }
});

test("a place of the document leads back to its passage, and into another study", async ({ page }) => {
  await page.goto(`#/study/${STUDY}?lang=en`);
  const own = page.locator(".seed a.stretch:not(.other)", { hasText: "反应净效应量化" }).first();
  await own.click();
  await expect(page.locator(".passage.here")).toContainText("反应净效应量化");
  await expect(page.locator(".passage.here")).toBeInViewport();
  const other = page.locator(".seed a.stretch.other").first();
  const target = await other.getAttribute("href");
  await other.click();
  expect(decodeURIComponent(page.url())).toContain(decodeURIComponent(target?.split("?")[0] ?? "nowhere"));
  await expect(page.locator(".passage.here")).toHaveCount(1);
  await expect(page.locator(".seed mark").first()).toBeInViewport();
});

test("the order of the stretches is the published order of reading", async ({ page }) => {
  const spans = (await published<Span>("spans")).filter((span) => span.passage_id === `${STUDY}/methods/0004`);
  await page.goto(`#/study/${STUDY}?passage=methods/0004&lang=en`);
  const seed = seedCharacters(DOCUMENT);
  expect(spans.length).toBeGreaterThan(1);
  for (const span of spans) {
    const first = seed.slice(Number(span.start), Number(span.end)).join("").split("\n")[0] ?? "";
    await expect(page.locator(`.seed mark[data-order="${span.position}"]`)).toContainText(first.slice(0, 3));
  }
});

test("a passage is copied with its identifier", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`#/study/${STUDY}?passage=methods/0004&lang=en`);
  await page.getByRole("button", { name: "Copy with identifier" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `反应净效应量化 计算实测值与预测值的差值 (ΔC_i)。\n${STUDY}/methods/0004`,
  );
});

test("corrections show the characters before and after", async ({ page }) => {
  interface Correction {
    document_id: string;
    start: bigint;
    end: bigint;
    original: string;
    corrected: string;
  }
  const spans = (await published<Span & { study_id: string | null }>("spans")).filter(
    (span) => span.study_id === STUDY,
  );
  const within = (each: Correction): boolean =>
    each.document_id === DOCUMENT && spans.some((span) => span.start <= each.start && each.end <= span.end);
  const corrections = (await published<Correction>("corrections")).filter(within);
  expect(corrections.length).toBeGreaterThan(3);
  await page.goto(`#/study/${STUDY}?lang=en`);
  await expect(page.locator(".seed ins").first()).toBeAttached();
  const shown = await page
    .locator(".seed ins")
    .evaluateAll((inserted) =>
      inserted.map((each) => `${each.previousElementSibling?.textContent} → ${each.textContent}`),
    );
  for (const { original, corrected } of corrections.filter(
    (each) => each.corrected.trim() && !each.original.includes("\n"),
  )) {
    expect(shown).toContain(`${original} → ${corrected}`);
  }
  await expect(page.locator(".passage .fact.correction", { hasText: "PHREEQC" })).toHaveCount(1);
});

test("the digest of the document is verified", async ({ page }) => {
  await page.goto(`#/study/${STUDY}?lang=en`);
  await expect(page.getByText("SHA-256 verified")).toBeVisible();
});

test("markup in a document stays text, and characters beyond the basic plane count as one", async ({ page }) => {
  test.skip(!STRANGE, "no package with such a document is served");
  await page.goto(`${STRANGE}#/studies?lang=en`);
  await expect(page.locator(".studies a.title").first()).toContainText("<script>");
  await page.locator(".studies a.title").first().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("<script>window.broken = true</script>");
  const passage = page.locator(".passage", { hasText: "之后的句子" });
  await passage.locator("a.trace").click();
  // The characters before it hold a rock of two code units: counted in those, the mark would stand beside the words.
  await expect
    .poll(async () => (await markedStretches(page)).join(""))
    .toContain("𠮷岩之后的句子<img src=x onerror=alert(1)>");
  expect((await markedStretches(page)).join("").trim()).toBe((await passage.locator(".text").textContent())?.trim());
  expect(await page.evaluate(() => "broken" in window)).toBe(false);
  await expect(page.locator("main img, main script")).toHaveCount(0);
});
