import type { Entity, Mention, Passage, Quantity, Study } from "./rows";
import { FILTERS, studyOf, type Filter, type View } from "./view";

/** A study with the values by which it is filtered; one without a year has the value `none`. */
export interface Profile {
  study: Study;
  values: Record<Filter, Set<string>>;
}

export const NO_YEAR = "none";
const YEAR = 31_557_600;

/** The studies with their values. Before the mentions are read, a study has no entities. */
export function profiles(studies: Study[], mentions: Mention[] = [], entities: Entity[] = []): Profile[] {
  const types = new Map(entities.map((entity) => [entity.entity_id, entity.type]));
  const found = new Map(
    studies.map((study) => {
      const values = Object.fromEntries(FILTERS.map((name) => [name, new Set<string>()])) as Profile["values"];
      if (study.journal) values.journal.add(study.journal);
      values.year.add(study.date?.slice(0, 4) ?? NO_YEAR);
      values.document.add(study.document_id);
      return [study.study_id, { study, values }];
    }),
  );
  for (const mention of mentions) {
    const type = types.get(mention.entity_id);
    const profile = found.get(studyOf(mention.passage_id));
    if (type && profile && isFilter(type)) profile.values[type].add(mention.entity_id);
  }
  return [...found.values()];
}

/** Whether a study has, of each filter, one of the chosen values; `except` is a filter that is not asked. */
export function passes(profile: Profile, filters: View["filters"], except?: Filter): boolean {
  return FILTERS.every(
    (name) =>
      name === except || !filters[name].length || filters[name].some((value) => profile.values[name].has(value)),
  );
}

/** The values of a filter with the number of studies each would show, the most frequent first. */
export function counts(shown: Profile[], filters: View["filters"], filter: Filter): [string, number][] {
  const counted = new Map<string, number>(filters[filter].map((value) => [value, 0]));
  for (const profile of shown) {
    if (!passes(profile, filters, filter)) continue;
    for (const value of profile.values[filter]) counted.set(value, (counted.get(value) ?? 0) + 1);
  }
  const byName = filter === "year" ? -1 : 1;
  return [...counted].sort(([a, m], [b, n]) => (filter === "year" ? 0 : n - m) || byName * a.localeCompare(b));
}

/** The decade in which a quantity lies, of a range its middle; null for what no logarithm has. */
export function decade(quantity: Quantity): number | null {
  const { value_si, lower_si, upper_si } = quantity;
  const value =
    value_si ?? (lower_si !== null && upper_si !== null ? (lower_si + upper_si) / 2 : (lower_si ?? upper_si));
  return value !== null && value > 0 ? Math.floor(Math.log10(value) + 1e-12) : null;
}

/** Studies with a quantity as the filter `[length]@3` states it. */
export function withQuantity(stated: string, quantities: Quantity[]): Set<string> {
  const [dimension, power] = stated.split("@");
  const found = quantities.filter((each) => each.dimension === dimension && (!power || decade(each) === Number(power)));
  return new Set(found.map((each) => studyOf(each.passage_id)));
}

/** A geological age in millions of years; of one age both ends are the same. */
export interface Age {
  quantity: Quantity;
  youngest: number;
  oldest: number;
}

/** The ages among the quantities: `Ga`, `Ma` and `ka` are ages, or 前 follows; `Gyr` and the like are durations. */
export function ages(quantities: Quantity[], passages: Passage[]): Age[] {
  const texts = new Map(passages.map((passage) => [passage.passage_id, passage.text]));
  return quantities.flatMap((quantity) => {
    if (!["Gyr", "Myr", "kyr"].includes(quantity.unit ?? "")) return [];
    const after = [...(texts.get(quantity.passage_id) ?? "")].slice(quantity.end).join("").trimStart();
    const youngest = (quantity.lower_si ?? quantity.value_si ?? 0) / YEAR / 1e6;
    const oldest = (quantity.upper_si ?? quantity.value_si ?? 0) / YEAR / 1e6;
    return (/[GMk]a/.test(quantity.surface) || after.startsWith("前")) && oldest > 0
      ? [{ quantity, youngest, oldest }]
      : [];
  });
}

/** Studies with an age as the filter `52-67` states it. */
export function withAge(stated: string, found: Age[]): Set<string> {
  const [youngest = 0, oldest = youngest] = stated.split("-").map(Number);
  const within = found.filter((age) => age.youngest <= oldest * (1 + 1e-9) && age.oldest >= youngest * (1 - 1e-9));
  return new Set(within.map((age) => studyOf(age.quantity.passage_id)));
}

function isFilter(type: string): type is Filter {
  return (FILTERS as readonly string[]).includes(type);
}
