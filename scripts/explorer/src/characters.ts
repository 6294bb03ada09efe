/** A text cut by code points, as the tables count; a JavaScript string counts UTF-16 code units. */
export interface Characters {
  length: number;
  slice(start: number, end: number): string;
}

/** The characters of a text. Where none lies beyond the Basic Multilingual Plane the text itself will do. */
export function characters(text: string): Characters {
  if (!/[\u{10000}-\u{10FFFF}]/u.test(text)) return text;
  const points = Array.from(text);
  return { length: points.length, slice: (start, end) => points.slice(start, end).join("") };
}

/** Line feeds and blanks alone would not be seen. */
export function visible(text: string): string {
  return text.replaceAll("\n", "↵").replace(/^ +$/, (blanks) => "␣".repeat(blanks.length)) || "∅";
}
