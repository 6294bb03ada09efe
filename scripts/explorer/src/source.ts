import { characters, type Characters } from "./characters";
import type { Correction, Passage, Span } from "./rows";

/** A stretch of a line of a seed: the part of a span that stands on it, cut where a correction begins or ends. */
export interface Stretch {
  start: number;
  end: number;
  text: string;
  span: Span;
  /** The correction that the stretch is part of, and whether it is its last part. */
  correction: Correction | null;
  corrected: boolean;
  /** Whether the span begins here. */
  first: boolean;
}

export interface SourceLine {
  /** Counted from 1 in the file. */
  number: number;
  stretches: Stretch[];
}

/** Lines that are shown before the first character of a study, and after the last. */
const CONTEXT = 2;

/** The lines of a document from the first to the last that holds something of a study, and a few around them. */
export function linesOfStudy(text: string, spans: Span[], corrections: Correction[], study: string): SourceLine[] {
  const points = characters(text);
  const own = spans.filter((span) => span.study_id === study);
  const lines = linesOf(points, spans, corrections);
  const holds = (line: SourceLine): boolean => line.stretches.some((stretch) => stretch.span.study_id === study);
  if (!own.length) return [];
  const first = lines.findIndex(holds);
  const last = lines.findLastIndex(holds);
  return lines.slice(Math.max(0, first - CONTEXT), last + 1 + CONTEXT);
}

/** A document, whole, as lines of stretches. */
export function linesOf(points: Characters, spans: Span[], corrections: Correction[]): SourceLine[] {
  const lines: SourceLine[] = [{ number: 1, stretches: [] }];
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  let next = 0;
  for (const span of sorted) {
    while ((corrections[next]?.end ?? Infinity) <= span.start) next += 1;
    for (const [start, end] of pieces(points, span, corrections, next)) {
      const correction = corrections.slice(next).find((each) => each.end > start) ?? null;
      const inside = correction !== null && correction.start <= start ? correction : null;
      const line = lines[lines.length - 1]!;
      const text = points.slice(start, end);
      line.stretches.push({
        ...{ start, end, text, span, correction: inside },
        corrected: inside !== null && inside.end === end,
        first: start === span.start,
      });
      if (text.endsWith("\n")) lines.push({ number: line.number + 1, stretches: [] });
    }
  }
  return lines.filter((line) => line.stretches.length);
}

/** Where of a passage's text corrections stand, as far as its characters can be followed back to the seed. */
export interface Mended {
  start: number;
  end: number;
  correction: Correction;
}

/**
 * The corrections of a passage, with their places in its text where these can be told.
 *
 * The characters of the text are followed through those of its spans, in which corrections are made; blanks and markup
 * are passed over. A place is told only if what stands there is what the correction says.
 */
export function mended(
  passage: Passage,
  points: Characters,
  spans: Span[],
  corrections: Correction[],
): { placed: Mended[]; unplaced: Correction[] } {
  const printed: { form: string; correction: Correction | null }[] = [];
  const seen = new Set<Correction>();
  for (const span of spans) {
    const within = corrections.filter((each) => each.start < span.end && each.end > span.start);
    let start = span.start;
    const add = (text: string, correction: Correction | null): void => {
      for (const point of text.normalize("NFKC")) if (point.trim()) printed.push({ form: point, correction });
    };
    for (const correction of within) {
      if (correction.start > start) add(points.slice(start, correction.start), null);
      if (!seen.has(correction)) add(correction.corrected, correction);
      seen.add(correction);
      start = Math.max(start, correction.end);
    }
    if (start < span.end) add(points.slice(start, span.end), null);
  }

  const text = Array.from(passage.text);
  const head = Array.from(`${passage.number ?? ""}${passage.label ?? ""}`).filter((point) => point.trim()).length;
  const ranges = new Map<Correction, [number, number]>();
  let at = Math.min(head, printed.length);
  for (const [index, point] of text.entries()) {
    for (const form of point.normalize("NFKC")) {
      const found = printed.findIndex((each, place) => place >= at && place < at + 24 && each.form === form);
      if (found < 0) continue;
      at = found + 1;
      const correction = printed[found]?.correction;
      if (!correction) continue;
      const [start = index] = ranges.get(correction) ?? [];
      ranges.set(correction, [start, index + 1]);
    }
  }
  const placed = [...ranges].flatMap(([correction, [start, end]]) =>
    bare(text.slice(start, end).join("")) === bare(correction.corrected) ? [{ start, end, correction }] : [],
  );
  const told = new Set(placed.map((each) => each.correction));
  return { placed, unplaced: [...seen].filter((correction) => !told.has(correction)) };
}

function bare(text: string): string {
  return text.normalize("NFKC").replace(/\s/g, "");
}

/** A span's stretches: it is cut after each line feed, and where a correction begins or ends. */
function pieces(points: Characters, span: Span, corrections: Correction[], next: number): [number, number][] {
  const cuts = new Set([span.start, span.end]);
  for (let each = next; (corrections[each]?.start ?? Infinity) < span.end; each += 1) {
    const { start, end } = corrections[each]!;
    for (const place of [start, end]) if (span.start < place && place < span.end) cuts.add(place);
  }
  Array.from(points.slice(span.start, span.end)).forEach((point, index) => {
    if (point === "\n") cuts.add(span.start + index + 1);
  });
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(1).map((end, index) => [places[index] ?? 0, end]);
}
