import corrections from "../../../schema/corrections.json";
import documents from "../../../schema/documents.json";
import dataset from "../../../schema/package.json";
import quantities from "../../../schema/quantities.json";
import studies from "../../../schema/studies.json";
import terms from "../../../schema/terms.json";
import type { Facet } from "./rows";
import type { Language } from "./view";

/** A column of a table, as its definition in `schema/` has it. */
export interface Column {
  name: string;
  type: string;
  title: string;
  title_zh: string;
  description: string;
  description_zh: string;
}

interface Definition {
  title: string;
  title_zh: string;
  fields: Column[];
}

const DEFINED = { corrections, documents, quantities, studies, terms } satisfies Record<string, Definition>;
export type Defined = keyof typeof DEFINED;

export const STUDY_COLUMNS: Column[] = studies.fields;

/** The title of the dataset. */
export function packageTitle(language: Language): string {
  return language === "zh" ? dataset.title_zh : dataset.title;
}

/** The title of a column, or of a table. */
export function title(language: Language, table: Defined, name?: string): string {
  const titled: { title: string; title_zh: string } = name ? column(table, name) : DEFINED[table];
  return language === "zh" ? titled.title_zh : titled.title;
}

/** What a column means. */
export function description(language: Language, table: Defined, name: string): string {
  const described = column(table, name);
  return language === "zh" ? described.description_zh : described.description;
}

/** The title of a facet: that of its column in `studies`. */
export function facetTitle(language: Language, facet: Facet): string {
  return title(language, "studies", facet === "teaser" ? "teaser_zh" : facet);
}

function column(table: Defined, name: string): Column {
  const found = (DEFINED[table].fields as Column[]).find((field) => field.name === name);
  if (!found) throw new Error(`schema/${table}.json has no ${name}`);
  return found;
}
