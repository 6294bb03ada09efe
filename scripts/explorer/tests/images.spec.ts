import { writeFileSync } from "node:fs";
import { expect, REPOSITORY, test } from "./page";

const STUDY = "earth-science-literature-table/rapid-mineralisation-of-carbon-dioxide-in";
const IMAGES = {
  find: { hash: `#/studies?q=${encodeURIComponent("慢滑")}&lang=en`, ready: ".studies mark" },
  check: { hash: `#/study/${STUDY}?passage=methods/0004&lang=en`, ready: ".seed mark" },
  charts: { hash: "#/charts?lang=en", ready: ".ages .lane" },
} as const;

test.use({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5 });

for (const [name, { hash, ready }] of Object.entries(IMAGES)) {
  test(`the image ${name} of the documentation @images`, async ({ page }) => {
    await page.goto(hash);
    await expect(page.locator(ready).first()).toBeVisible();
    if (name === "charts")
      await page
        .getByRole("heading", { name: "Quantities by dimension" })
        .evaluate((heading) => heading.scrollIntoView());
    const session = await page.context().newCDPSession(page);
    const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 82 });
    writeFileSync(`${REPOSITORY}docs/images/explorer-${name}.webp`, Buffer.from(data, "base64"));
  });
}
