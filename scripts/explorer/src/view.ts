/** What is on the screen, as the address states it after `#`: a view can be shared. */

export const FILTERS = ["journal", "year", "document", "dataset", "method", "software", "place"] as const;
export type Filter = (typeof FILTERS)[number];

export const SORTS = ["document", "title", "journal", "date"] as const;
export type Sort = (typeof SORTS)[number];

export type Language = "en" | "zh";

export interface View {
  page: "studies" | "study" | "charts";
  language: Language;
  /** The study that is read, and of it the passage that is checked: `methods/0012`. */
  study: string;
  passage: string;
  query: string;
  filters: Record<Filter, string[]>;
  /** `[length]@3`: studies with a quantity of this dimension from 10³ to 10⁴ in SI. */
  quantity: string;
  /** `52-67`: studies with a geological age in this range, in millions of years. */
  age: string;
  /** None is the order of relevance where something is searched, else of the documents. */
  sort: Sort | null;
  descending: boolean;
}

/** The view that an address states; what it leaves out is empty. */
export function readView(hash: string, preferred: Language): View {
  const [path = "", search = ""] = hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const stated = new URLSearchParams(search);
  const [page, ...rest] = path.split("/").map(decoded);
  const [sort = "", order] = (stated.get("sort") ?? "").split("-");
  return {
    page: page === "study" || page === "charts" ? page : "studies",
    language: stated.get("lang") === "zh" ? "zh" : stated.get("lang") === "en" ? "en" : preferred,
    study: page === "study" ? rest.join("/") : "",
    passage: stated.get("passage") ?? "",
    query: stated.get("q") ?? "",
    filters: Object.fromEntries(FILTERS.map((name) => [name, stated.getAll(name).filter(Boolean)])) as View["filters"],
    quantity: matching(stated.get("quantity"), /^[^@]+(@-?\d+)?$/),
    age: matching(stated.get("age"), /^[\d.]+(-[\d.]+)?$/),
    sort: SORTS.find((name) => name === sort) ?? null,
    descending: order === "desc",
  };
}

/** The address of a view, from `#`. */
export function address(view: View): string {
  const stated = new URLSearchParams();
  if (view.page === "studies") {
    if (view.query) stated.set("q", view.query);
    for (const name of FILTERS) for (const value of view.filters[name]) stated.append(name, value);
    if (view.quantity) stated.set("quantity", view.quantity);
    if (view.age) stated.set("age", view.age);
    if (view.sort) stated.set("sort", view.descending ? `${view.sort}-desc` : view.sort);
  }
  if (view.page === "study" && view.passage) stated.set("passage", view.passage);
  stated.set("lang", view.language);
  const path = view.page === "study" ? `study/${view.study.split("/").map(encodeURIComponent).join("/")}` : view.page;
  return `#/${path}?${stated}`;
}

/** The table of all studies. */
export function allStudies(language: Language): View {
  return readView("", language);
}

/** The table with these values of filters and nothing else. */
export function filtered(language: Language, filters: Partial<View["filters"]>): View {
  const view = allStudies(language);
  return { ...view, filters: { ...view.filters, ...filters } };
}

/** A study's page, with one of its passages chosen. */
export function studyView(language: Language, study: string, passage = ""): View {
  return { ...allStudies(language), page: "study", study, passage };
}

/** The study of a passage: identifiers are `document/study/facet/number`. */
export function studyOf(passageId: string): string {
  return passageId.split("/").slice(0, 2).join("/");
}

/** What the address of a passage says after its study: `methods/0012`. */
export function withinStudy(passageId: string): string {
  return passageId.split("/").slice(2).join("/");
}

/** What is stated, if it has its form: who mistypes an address sees no filter that nobody can read. */
function matching(stated: string | null, form: RegExp): string {
  return stated !== null && form.test(stated) ? stated : "";
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
