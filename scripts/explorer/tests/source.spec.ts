import { expect, test } from "@playwright/test";
import { characters } from "../src/characters";
import type { Correction, Passage, Span } from "../src/rows";
import { linesOf, mended } from "../src/source";
import { published, seedCharacters } from "./page";

/** Whole numbers as the page has them. */
function plain<Row extends object>(row: Row): Row {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === "bigint" ? Number(value) : value]),
  ) as Row;
}

async function ofDocument<Row extends { document_id: string }>(table: string, document: string): Promise<Row[]> {
  return (await published<Row>(table)).filter((row) => row.document_id === document).map(plain);
}

for (const document of ["earthquake-frontiers-2023-10", "earth-science-literature-table"]) {
  test(`the stretches of ${document}, one after the other, are the document`, async () => {
    const spans = await ofDocument<Span>("spans", document);
    const corrections = await ofDocument<Correction>("corrections", document);
    const text = seedCharacters(document).join("");
    const lines = linesOf(characters(text), spans, corrections);
    expect(lines.map((line) => line.stretches.map((stretch) => stretch.text).join(""))).toEqual(
      text.match(/.*\n|.+$/g),
    );
    const shown = lines.flatMap((line) => line.stretches).filter((stretch) => stretch.corrected);
    expect(shown.map((stretch) => stretch.correction)).toEqual(corrections);
  });
}

test("a character beyond the Basic Multilingual Plane counts as one", () => {
  const span = (start: number, end: number): Span => ({
    document_id: "d",
    start,
    end,
    role: "text",
    study_id: null,
    facet: null,
    passage_id: null,
    position: null,
    reason: null,
  });
  const points = characters("𠮷岩\n石𠮷");
  expect(points.length).toBe(5);
  expect(
    linesOf(points, [span(0, 1), span(1, 5)], []).map((line) => line.stretches.map((stretch) => stretch.text)),
  ).toEqual([["𠮷", "岩\n"], ["石𠮷"]]);
});

test("a correction is marked in a passage only where its text says what the correction does", async () => {
  const document = "earth-science-literature-table";
  const spans = new Map<string, Span[]>();
  for (const span of await ofDocument<Span>("spans", document)) {
    if (span.passage_id) spans.set(span.passage_id, [...(spans.get(span.passage_id) ?? []), span]);
  }
  const corrections = await ofDocument<Correction>("corrections", document);
  const points = characters(seedCharacters(document).join(""));
  const passages = (await published<Passage>("passages")).filter((each) => spans.has(each.passage_id));
  let [placed, unplaced] = [0, 0];
  for (const passage of passages) {
    const own = [...(spans.get(passage.passage_id) ?? [])].sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
    const found = mended(passage, points, own, corrections);
    for (const { start, end, correction } of found.placed) {
      const there = Array.from(passage.text).slice(start, end).join("");
      expect(there.normalize("NFKC").replace(/\s/g, "")).toBe(
        correction.corrected.normalize("NFKC").replace(/\s/g, ""),
      );
    }
    placed += found.placed.length;
    unplaced += found.unplaced.length;
  }
  expect(placed).toBeGreaterThan(unplaced);
});
