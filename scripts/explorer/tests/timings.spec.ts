import { expect, test } from "./page";

const STUDY = "earth-science-literature-table/rapid-mineralisation-of-carbon-dioxide-in";

/** Prints figures, of three visits the least; asserts none of them. */
test("timings @timings", async ({ page }) => {
  test.setTimeout(300_000);
  const least: Record<string, number> = {};
  const note = (name: string, milliseconds: number): void => {
    least[name] = Math.min(least[name] ?? Infinity, Math.round(milliseconds));
  };
  for (let visit = 0; visit < 3; visit += 1) {
    await page.goto("about:blank");
    await page.goto("#/studies?lang=en");
    await page.locator(".studies tbody tr").first().waitFor();
    note("table of studies", await page.evaluate(() => performance.now()));
    await page.waitForTimeout(1500);
    for (const query of ["慢滑", "slow slip", "模型"]) {
      note(`search ${query}`, await page.evaluate(untilStill, { query }));
    }
    await page.goto(`#/study/${STUDY}?lang=en`);
    await page.locator(".seed a.stretch").first().waitFor();
    note("passage marked", await page.evaluate(untilStill, { hash: `#/study/${STUDY}?passage=methods/0004&lang=en` }));
    await expect(page.locator(".seed mark").first()).toBeVisible();
  }
  console.log(JSON.stringify(least));
});

/** Milliseconds from a change of the query or the address until the page has taken it in. */
async function untilStill({ query, hash }: { query?: string; hash?: string }): Promise<number> {
  const input = document.querySelector<HTMLInputElement>("#query");
  const changed = new Promise<void>((resolve) =>
    new MutationObserver(() => resolve()).observe(document.querySelector("main") as Node, {
      childList: true,
      subtree: true,
      attributes: true,
      characterData: true,
    }),
  );
  const start = performance.now();
  if (hash) location.hash = hash;
  if (input && query) {
    input.value = query;
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  await changed;
  return performance.now() - start;
}
