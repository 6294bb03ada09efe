import { useState } from "preact/hooks";
import { counts, type Profile } from "./filters";
import type { FilterNames } from "./names";
import { openView, useView } from "./state";
import { folded } from "./search";
import { FILTERS, type Filter } from "./view";

/** How many values make a list worth narrowing. */
const LONG = 12;

/** A list of values for each filter, with the number of studies that each would show. */
export function FilterList({ profiles, names, ready }: { profiles: Profile[]; names: FilterNames; ready: boolean }) {
  const { view, words } = useView();
  const [shown, setShown] = useState(false);
  const chosen = FILTERS.reduce((sum, filter) => sum + view.filters[filter].length, 0);
  return (
    <aside class={shown ? "filters shown" : "filters"} aria-label={words.filters}>
      <button type="button" class="disclose" aria-expanded={shown} onClick={() => setShown(!shown)}>
        {words.filters} {chosen > 0 && <span class="count">{chosen}</span>}
      </button>
      {FILTERS.map((filter) => (
        <OneFilter
          key={filter}
          filter={filter}
          values={
            ready || ["journal", "year", "document"].includes(filter) ? counts(profiles, view.filters, filter) : []
          }
          names={names}
        />
      ))}
    </aside>
  );
}

function OneFilter({ filter, values, names }: { filter: Filter; values: [string, number][]; names: FilterNames }) {
  const { view, words } = useView();
  const chosen = view.filters[filter];
  const [open, setOpen] = useState(
    chosen.length > 0 || (filter === "journal" && matchMedia("(min-width: 62rem)").matches),
  );
  const [narrowed, setNarrowed] = useState("");
  const toggle = (value: string): void => {
    const next = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value];
    openView({ ...view, filters: { ...view.filters, [filter]: next } });
  };
  const listed = values
    .map(([value, count]) => ({ value, count, name: names.name(filter, value, view.language) }))
    .filter(({ name }) => folded(name).includes(folded(narrowed)));
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {words.filter[filter]} {chosen.length > 0 && <span class="count">{chosen.length}</span>}
      </summary>
      {open && values.length > LONG && (
        <input
          type="search"
          class="narrow"
          aria-label={words.narrow(words.filter[filter])}
          value={narrowed}
          onInput={(event) => setNarrowed(event.currentTarget.value)}
        />
      )}
      {open && (
        <ul>
          {listed.map(({ value, count, name }) => (
            <li key={value}>
              <label title={name}>
                <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
                <span class="name">{name}</span>
                <span class="count">{count}</span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
