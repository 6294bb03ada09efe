/** The columns of the published tables that the page reads. What they mean is said in `schema/`. */

export const FACETS = [
  "teaser",
  "core_question",
  "data_sources",
  "methods",
  "conclusions",
  "summary",
  "abstract",
  "body",
] as const;
export type Facet = (typeof FACETS)[number];

/** What a gap may stand in beside the facets. */
export type Title = "title_en" | "title_zh" | "journal" | "date";

export interface Document {
  document_id: string;
  kind: "bulletin" | "literature_table";
  title_zh: string;
  issue: string | null;
  seed_path: string;
  sha256: string;
}

/** A whole row: it is what the page exports as CSV. Dates are ISO texts. */
export interface Study extends Record<Exclude<Facet, "teaser">, string | null> {
  study_id: string;
  document_id: string;
  position: number;
  kind: "study" | "review";
  title_en: string | null;
  title_zh: string;
  journal: string | null;
  date: string | null;
  doi: string | null;
  teaser_zh: string | null;
}

export interface Passage {
  passage_id: string;
  study_id: string;
  facet: Facet;
  position: number;
  depth: number;
  parent_id: string | null;
  number: string | null;
  label: string | null;
  text: string;
  is_complete: boolean;
}

/** Something that stands at a place of a passage's text; offsets count code points. */
export interface Placed {
  passage_id: string;
  start: number;
  end: number;
}

export interface Quantity extends Placed {
  quantity_id: string;
  surface: string;
  property: string | null;
  comparator: string;
  value: number | null;
  lower: number | null;
  upper: number | null;
  uncertainty: number | null;
  unit: string | null;
  unit_note: string | null;
  dimension: string | null;
  value_si: number | null;
  lower_si: number | null;
  upper_si: number | null;
  uncertainty_si: number | null;
  unit_si: string | null;
}

export interface Term extends Placed {
  zh: string;
  en: string | null;
  abbreviation: string | null;
}

export interface Equation extends Placed {
  surface: string;
  latex: string;
}

export interface Mention extends Placed {
  entity_id: string;
  surface: string;
}

export interface Entity {
  entity_id: string;
  name: string;
  type: "dataset" | "mission" | "instrument" | "model" | "method" | "software" | "organisation" | "place";
  name_zh: string | null;
  description: string | null;
}

export interface Correction {
  correction_id: string;
  document_id: string;
  start: number;
  end: number;
  original: string;
  corrected: string;
  kind: "glyph" | "break" | "spacing" | "punctuation";
  note: string | null;
}

export interface Gap {
  gap_id: string;
  study_id: string;
  facet: Facet | Title;
  kind: "missing_facet" | "lost_lines" | "broken_off";
  document_id: string;
  offset: number | null;
  note: string;
}

export interface Span {
  document_id: string;
  start: number;
  end: number;
  role: "text" | "title" | "markup" | "whitespace" | "duplicate" | "noise";
  study_id: string | null;
  facet: Facet | null;
  passage_id: string | null;
  position: number | null;
  reason: string | null;
}

export interface Figure {
  figure_id: string;
  study_id: string;
  number: string;
  caption: string;
}

export interface Reference {
  reference_id: string;
  study_id: string;
  citation: string;
}

export interface Tables {
  documents: Document;
  studies: Study;
  passages: Passage;
  figures: Figure;
  references: Reference;
  quantities: Quantity;
  equations: Equation;
  terms: Term;
  mentions: Mention;
  entities: Entity;
  corrections: Correction;
  gaps: Gap;
  spans: Span;
}
