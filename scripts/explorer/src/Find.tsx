import { useMemo } from "preact/hooks";
import { csv } from "./csv";
import { FilterList } from "./FilterList";
import { ages, passes, profiles, withAge, withQuantity } from "./filters";
import { filterNames, heading, type FilterNames } from "./names";
import type { Document, Study } from "./rows";
import { Results } from "./Results";
import { pieces, searchIndex, type Found } from "./search";
import { openView, useLoaded, useView } from "./state";
import { table } from "./tables";
import { STUDY_COLUMNS } from "./titles";
import { allStudies, FILTERS, type View } from "./view";

/** The table of studies, with search, filters and download. */
export function Find({ studies, documents }: { studies: Study[]; documents: Document[] }) {
  const { view, words, change } = useView();
  // What the first view does not need is read when that stands.
  const named = useLoaded(() => afterPaint().then(() => Promise.all([table("mentions"), table("entities")])), "named");
  const facts = useLoaded(
    () => (view.quantity || view.age ? Promise.all([table("quantities"), table("passages")]) : null),
    Boolean(view.quantity || view.age),
  );
  const known = useMemo(() => profiles(studies, named?.[0], named?.[1]), [studies, named]);
  const search = useMemo(() => named && searchIndex(studies, ...named), [studies, named]);
  const names = useMemo(() => filterNames(documents, named?.[1] ?? []), [documents, named]);

  const asked = pieces(view.query).length > 0;
  const found = useMemo(() => (asked ? search?.find(view.query) : undefined), [search, view.query]);
  const hits = useMemo(() => new Map(found?.map((each) => [each.study_id, each])), [found]);
  const shown = useMemo(() => {
    let kept = known;
    if (found) kept = kept.filter((each) => hits.has(each.study.study_id));
    if (facts && view.quantity) {
      const holding = withQuantity(view.quantity, facts[0]);
      kept = kept.filter((each) => holding.has(each.study.study_id));
    }
    if (facts && view.age) {
      const holding = withAge(view.age, ages(...facts));
      kept = kept.filter((each) => holding.has(each.study.study_id));
    }
    return kept;
  }, [known, found, facts, view.quantity, view.age]);
  const kept = shown.filter((each) => passes(each, view.filters)).map((each) => each.study);
  const rows = sorted(kept, view, found);
  const busy =
    (asked && !found) ||
    ((view.quantity || view.age) && !facts) ||
    (named === undefined && FILTERS.some((name) => view.filters[name].length));

  return (
    <div class="find">
      <h1 tabIndex={-1} class="hidden">
        {words.studies}
      </h1>
      <div class="search" role="search">
        <label for="query">{words.search}</label>
        <input
          id="query"
          type="search"
          autocomplete="off"
          spellcheck={false}
          placeholder={words.searchHint}
          value={view.query}
          onInput={(event) => change({ query: event.currentTarget.value })}
        />
      </div>
      <FilterList profiles={shown} names={names} ready={named !== undefined} />
      <section class="results" aria-busy={Boolean(busy)}>
        <div class="told">
          <p role="status">{busy ? words.loading : words.found(rows.length, studies.length)}</p>
          <button type="button" class="quiet" disabled={Boolean(busy) || !rows.length} onClick={() => download(rows)}>
            {words.download}
          </button>
        </div>
        <Chosen names={names} />
        {!busy &&
          (rows.length ? (
            <Results rows={rows} documents={documents} hits={hits} asked={pieces(view.query)} />
          ) : (
            <Nothing />
          ))}
      </section>
    </div>
  );
}

/** The filters that are set, each to be taken away. */
function Chosen({ names }: { names: FilterNames }) {
  const { view, words } = useView();
  const chips: { key: string; name: string; without: Partial<View> }[] = FILTERS.flatMap((filter) =>
    view.filters[filter].map((value) => ({
      key: `${filter} ${value}`,
      name: names.name(filter, value, view.language),
      without: { filters: { ...view.filters, [filter]: view.filters[filter].filter((each) => each !== value) } },
    })),
  );
  if (view.quantity)
    chips.push({ key: "quantity", name: names.quantity(view.quantity, view.language), without: { quantity: "" } });
  if (view.age) chips.push({ key: "age", name: words.age(view.age.replace("-", "–")), without: { age: "" } });
  if (!chips.length) return null;
  return (
    <ul class="chips" aria-label={words.filters}>
      {chips.map(({ key, name, without }) => (
        <li key={key}>
          <button
            type="button"
            aria-label={words.remove(name)}
            onClick={(event) => {
              passFocusOn(event.currentTarget, chips.length === 1);
              openView({ ...view, ...without });
            }}
          >
            {name} <span aria-hidden="true">×</span>
          </button>
        </li>
      ))}
      <li>
        <button
          type="button"
          class="quiet"
          onClick={(event) => {
            passFocusOn(event.currentTarget, true);
            openView({ ...allStudies(view.language), query: view.query });
          }}
        >
          {words.clear}
        </button>
      </li>
    </ul>
  );
}

/** Give the focus of a button that is about to go to the one beside it, or where all of them go to the heading. */
function passFocusOn(button: HTMLElement, allGo: boolean): void {
  const next = allGo ? document.querySelector("h1") : button.parentElement?.nextElementSibling?.querySelector("button");
  next?.focus({ preventScroll: true });
}

function Nothing() {
  const { words } = useView();
  return (
    <div class="nothing">
      <p>{words.none}</p>
      <p>{words.noneHint}</p>
    </div>
  );
}

/** The studies in the order that the view asks for. */
function sorted(kept: Study[], view: View, found: Found[] | undefined): Study[] {
  if (!view.sort) {
    if (!found) return kept;
    const order = new Map(found.map((each, index) => [each.study_id, index]));
    return [...kept].sort((a, b) => (order.get(a.study_id) ?? 0) - (order.get(b.study_id) ?? 0));
  }
  if (view.sort === "document") return view.descending ? [...kept].reverse() : kept;
  const key = {
    title: (study: Study) => heading(study, view.language),
    journal: (study: Study) => study.journal,
    date: (study: Study) => study.date,
  }[view.sort];
  const compare = new Intl.Collator(view.language === "zh" ? "zh-Hans" : "en").compare;
  return [...kept].sort((a, b) => {
    const [first, second] = [key(a), key(b)];
    // What has no value stands last in either direction.
    if (first === null || second === null) return Number(first === null) - Number(second === null);
    return view.descending ? compare(second, first) : compare(first, second);
  });
}

function download(rows: Study[]): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([csv(STUDY_COLUMNS, rows)], { type: "text/csv;charset=utf-8" }));
  link.download = "studies.csv";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function afterPaint(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}
