import { NO_YEAR } from "./filters";
import type { Document, Entity, Study } from "./rows";
import type { Filter, Language } from "./view";
import { words } from "./words/words";

/** What the values of filters are called. */
export interface FilterNames {
  name(filter: Filter, value: string, language: Language): string;
  quantity(stated: string, language: Language): string;
}

/** The names of the values that these documents and entities have. */
export function filterNames(documents: Document[], entities: Entity[]): FilterNames {
  const known = new Map(entities.map((entity) => [entity.entity_id, entity]));
  return {
    name(filter, value, language) {
      if (filter === "journal") return value;
      if (filter === "year") return value === NO_YEAR ? words(language).noDate : value;
      if (filter === "document") return documentNames(documents, language).get(value) ?? value;
      const entity = known.get(value);
      return entity ? entityName(entity, language) : value;
    },
    quantity(stated, language) {
      const [dimension = "", power] = stated.split("@");
      const name = dimensionName(dimension, language);
      return power ? `${name} ${powerOfTen(Number(power))}–${powerOfTen(Number(power) + 1)}` : name;
    },
  };
}

/** The names of documents by their identifiers, which stand beside those that several have. */
export function documentNames(documents: Document[], language: Language): Map<string, string> {
  const names = documents.map((document) => documentName(document, language));
  return new Map(
    documents.map(({ document_id }, index) => {
      const name = names[index] ?? document_id;
      return [document_id, names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} (${document_id})`];
    }),
  );
}

/** A bulletin's title and issue. A literature table has heads of columns for a title: it is called after its kind. */
function documentName(document: Document, language: Language): string {
  if (document.kind === "literature_table") return words(language).literatureTable;
  return document.issue ? `${document.title_zh} ${document.issue}` : document.title_zh;
}

export function entityName(entity: Entity, language: Language): string {
  return language === "zh" ? (entity.name_zh ?? entity.name) : entity.name;
}

export function dimensionName(dimension: string, language: Language): string {
  return words(language).dimension[dimension] ?? unitName(dimension);
}

/** The title of a study in the reader's language, where it has one. */
export function heading(study: Study, language: Language): string {
  return language === "en" ? (study.title_en ?? study.title_zh) : study.title_zh;
}

/** `10³`. */
export function powerOfTen(power: number): string {
  return `10${superscript(String(power))}`;
}

/** A unit as people write it: `kg/m³` for `kg/m**3`; nothing for counts and ratios. */
export function unitName(unit: string): string {
  if (unit === "1") return "";
  return unit.replace(/\s*\*\*\s*(-?\d+)/g, (_, power: string) => superscript(power)).replaceAll("*", "·");
}

function superscript(digits: string): string {
  return [...digits].map((digit) => (digit === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)])).join("");
}
