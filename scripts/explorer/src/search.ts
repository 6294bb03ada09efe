import MiniSearch from "minisearch";
import { FACETS, type Entity, type Facet, type Mention, type Study } from "./rows";
import { studyOf } from "./view";

/** A line of a study that can be found: a title, a passage (`position` of `facet`), or names of its entities. */
interface Line {
  facet: Facet | "title" | "names";
  position: number;
  text: string;
}

/** A study that was found, and the first line that shows why. */
export interface Found {
  study_id: string;
  line: Line | null;
}

export interface Search {
  /** The studies in which everything that is asked for stands, the best first. */
  find(query: string): Found[];
}

const PIECES = /\p{Script=Han}+|[[\p{L}\p{M}\p{N}]--\p{Script=Han}]+/gv;

/** Forms of one character become one: `CO₂` is found as `co2`. */
export function folded(text: string): string {
  return text.normalize("NFKC").toLowerCase();
}

/** What is looked for: words, and stretches of Chinese characters. */
export function pieces(text: string): string[] {
  return folded(text).match(PIECES) ?? [];
}

/** Index terms: words; of Chinese every character and every pair, for nothing parts its words. */
export function indexTerms(text: string): string[] {
  return pieces(text).flatMap((piece) => (isHan(piece) ? [...piece, ...pairs(piece)] : [piece]));
}

/** Query terms: of a stretch of Chinese its pairs, or its one character. */
export function queryTerms(text: string): string[] {
  return pieces(text).flatMap((piece) => (isHan(piece) && piece.length > 1 ? pairs(piece) : [piece]));
}

/** An index of all studies: titles, texts, and both names of every entity, so that either language finds it. */
export function searchIndex(studies: Study[], mentions: Mention[], entities: Entity[]): Search {
  const lines = new Map(studies.map((study) => [study.study_id, linesOf(study)]));
  const names = new Map(
    entities.map((entity) => [entity.entity_id, entity.name_zh ? [entity.name, entity.name_zh] : [entity.name]]),
  );
  const named = new Map<string, Set<string>>();
  for (const mention of mentions) {
    const study = studyOf(mention.passage_id);
    if (!named.has(study)) named.set(study, new Set());
    named.get(study)?.add(names.get(mention.entity_id)?.join(" ") ?? mention.surface);
  }
  for (const [study, each] of named)
    lines.get(study)?.push(...[...each].map((text) => ({ facet: "names" as const, position: 0, text })));
  const texts = new Map([...lines].map(([study, each]) => [study, each.map((line) => folded(line.text))]));

  const index = new MiniSearch<{ id: string; title: string; text: string }>({
    fields: ["title", "text"],
    tokenize: indexTerms,
    processTerm: (term) => term,
    searchOptions: {
      combineWith: "AND",
      boost: { title: 3 },
      // Not of numbers: who asks for 10 km does not mean 100.
      prefix: (term) => /^\p{L}/u.test(term) && !isHan(term) && term.length > 1,
      tokenize: queryTerms,
      processTerm: (term) => term,
    },
  });
  index.addAll(
    [...lines].map(([id, each]) => ({
      id,
      title: each
        .filter((line) => line.facet === "title")
        .map((line) => line.text)
        .join("\n"),
      text: each
        .filter((line) => line.facet !== "title")
        .map((line) => line.text)
        .join("\n"),
    })),
  );

  return {
    find(query) {
      const asked = pieces(query);
      return index.search(query).flatMap(({ id }) => {
        const study_id = String(id);
        const own = texts.get(study_id) ?? [];
        // Pairs may stand apart: of a longer stretch the whole has to stand somewhere.
        if (!asked.every((piece) => !isHan(piece) || own.some((text) => text.includes(piece)))) return [];
        const scores = own.map((text) => asked.filter((piece) => text.includes(piece)).length);
        const best = Math.max(...scores);
        return [{ study_id, line: best ? (lines.get(study_id)?.[scores.indexOf(best)] ?? null) : null }];
      });
    },
  };
}

/** The parts of a text, in turn not asked for and asked for: `["浅层", "慢滑", "事件"]`. */
export function marked(text: string, asked: string[]): string[] {
  if (!asked.length) return [text];
  const longest = [...new Set(asked)].sort((a, b) => b.length - a.length);
  // Folding changes lengths: each character is folded by itself, so that places can be followed back.
  const points = Array.from(text);
  const forms = points.map(folded);
  const owners = forms.flatMap((form, index) => Array.from({ length: form.length }, () => index));
  const parts: string[] = [];
  let end = 0;
  for (const found of forms.join("").matchAll(new RegExp(longest.join("|"), "g"))) {
    const [first = 0, last = 0] = [owners[found.index], owners[found.index + found[0].length - 1]];
    if (first < end) continue;
    parts.push(points.slice(end, first).join(""), points.slice(first, last + 1).join(""));
    end = last + 1;
  }
  return [...parts, points.slice(end).join("")];
}

/** A stretch of a long line around what was asked for. */
export function excerpt(text: string, asked: string[], width = 120): string {
  const at = Math.max(0, Math.min(...asked.map((piece) => folded(text).indexOf(piece)).filter((place) => place >= 0)));
  if (text.length <= width || !Number.isFinite(at)) return text.slice(0, width) + (text.length > width ? "…" : "");
  const start = Math.max(0, Math.min(at - width / 3, text.length - width));
  return `${start ? "…" : ""}${text.slice(start, start + width)}${start + width < text.length ? "…" : ""}`;
}

function linesOf(study: Study): Line[] {
  const titles = [study.title_zh, study.title_en, study.journal].filter((text) => text !== null);
  const lines: Line[] = titles.map((text) => ({ facet: "title", position: 0, text }));
  for (const facet of FACETS) {
    const text = facet === "teaser" ? study.teaser_zh : study[facet];
    // A facet's text has a passage on each line.
    text?.split("\n").forEach((line, index) => lines.push({ facet, position: index + 1, text: line }));
  }
  return lines;
}

function isHan(piece: string): boolean {
  return /^\p{Script=Han}/u.test(piece);
}

function pairs(piece: string): string[] {
  const points = [...piece];
  return points.slice(1).map((point, index) => `${points[index]}${point}`);
}
