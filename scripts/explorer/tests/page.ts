import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test as base, expect, type Page } from "@playwright/test";
import { decompress } from "fzstd";
import { parquetReadObjects } from "hyparquet";

export const REPOSITORY = new URL("../../../", import.meta.url).pathname;

/** The address of a package whose document has markup of HTML and characters beyond the Basic Multilingual Plane. */
export const STRANGE = process.env.EXPLORER_STRANGE_URL;

/** A test whose page may say nothing on its console, and may ask no other host. */
export const test = base.extend<{ watched: void }>({
  watched: [
    async ({ page, baseURL }, use) => {
      const wrong: string[] = [];
      page.on(
        "console",
        (message) => void (["error", "warning"].includes(message.type()) && wrong.push(message.text())),
      );
      page.on("pageerror", (error) => void wrong.push(String(error)));
      const own = [baseURL, STRANGE].filter((each) => each !== undefined).map((each) => new URL(each).origin);
      page.on("request", (request) => {
        const { protocol, origin } = new URL(request.url());
        if (protocol !== "blob:" && protocol !== "data:" && !own.includes(origin)) wrong.push(`asked ${request.url()}`);
      });
      await use();
      expect(wrong).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** The rows of a published table. */
export async function published<Row>(table: string): Promise<Row[]> {
  const { buffer, byteOffset, byteLength } = readFileSync(`${REPOSITORY}dataset/parquet/${table}.parquet`);
  const file = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  const compressors = { ZSTD: (input: Uint8Array, length: number) => decompress(input, new Uint8Array(length)) };
  return (await parquetReadObjects({ file, compressors })) as Row[];
}

/** The characters of a seed. */
export function seedCharacters(document: string): string[] {
  return Array.from(readFileSync(`${REPOSITORY}seeds/${document}.txt`, "utf-8"));
}

/** What axe finds that is serious or critical. */
export async function seriousFindings(page: Page): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf-8");
  // Not as a script element, which the page's policy refuses.
  await page.evaluate(source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof import("axe-core") }).axe.run();
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`),
      );
  });
}

/** The texts of the marked stretches of the source, without what is shown in place of corrected characters. */
export async function markedStretches(page: Page): Promise<string[]> {
  return page.locator(".seed mark").evaluateAll((marks) =>
    marks.map((mark) => {
      const copy = mark.cloneNode(true) as HTMLElement;
      for (const inserted of copy.querySelectorAll("ins")) inserted.remove();
      return copy.textContent ?? "";
    }),
  );
}
