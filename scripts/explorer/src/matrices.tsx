import { NO_YEAR, type Profile } from "./filters";
import { entityName } from "./names";
import type { Entity } from "./rows";
import { useView } from "./state";
import { address, filtered, type Filter } from "./view";

/** The most rows and columns of the matrix of datasets and methods. */
const MOST = 14;

/** Studies by journal and year. */
export function YearMatrix({ profiles }: { profiles: Profile[] }) {
  const { view, words } = useView();
  const years = valuesOf(profiles, "year").sort();
  const journals = byCount(profiles, "journal").map(([journal]) => journal);
  const most = Math.max(...journals.flatMap((journal) => years.map((year) => holding(profiles, { journal, year }))));
  return (
    <table class="matrix years">
      <thead>
        <tr>
          <td />
          {years.map((year) => (
            <th key={year} scope="col">
              {year === NO_YEAR ? words.noDate : year}
            </th>
          ))}
          <th scope="col">{words.all}</th>
        </tr>
      </thead>
      <tbody>
        {journals.map((journal) => (
          <tr key={journal}>
            <th scope="row" lang="en">
              {journal}
            </th>
            {years.map((year) => (
              <Cell
                key={year}
                count={holding(profiles, { journal, year })}
                most={most}
                href={address(filtered(view.language, { journal: [journal], year: [year] }))}
                name={`${journal}, ${year === NO_YEAR ? words.noDate : year}`}
              />
            ))}
            <Cell
              count={holding(profiles, { journal })}
              most={0}
              href={address(filtered(view.language, { journal: [journal] }))}
              name={journal}
            />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Studies by the datasets and the methods that they name. */
export function PairMatrix({ profiles, entities }: { profiles: Profile[]; entities: Entity[] }) {
  const { view } = useView();
  const known = new Map(entities.map((entity) => [entity.entity_id, entity]));
  const name = (id: string): string => {
    const entity = known.get(id);
    return entity ? entityName(entity, view.language) : id;
  };
  const datasets = byCount(profiles, "dataset")
    .slice(0, MOST)
    .map(([id]) => id);
  const methods = byCount(profiles, "method")
    .slice(0, MOST)
    .map(([id]) => id);
  return (
    <table class="matrix pairs">
      <thead>
        <tr>
          <td />
          {methods.map((method) => (
            <th key={method} scope="col">
              <a href={address(filtered(view.language, { method: [method] }))}>
                <span>{name(method)}</span>
              </a>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {datasets.map((dataset) => (
          <tr key={dataset}>
            <th scope="row">
              <a href={address(filtered(view.language, { dataset: [dataset] }))}>{name(dataset)}</a>
            </th>
            {methods.map((method) => (
              <Cell
                key={method}
                count={holding(profiles, { dataset, method })}
                most={3}
                href={address(filtered(view.language, { dataset: [dataset], method: [method] }))}
                name={`${name(dataset)}, ${name(method)}`}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A number as a link on a ground whose depth shows it; `most` is the deepest, 0 none. */
function Cell({ count, most, href, name }: { count: number; most: number; href: string; name: string }) {
  const { words } = useView();
  const depth = most ? Math.min(5, Math.ceil((5 * count) / most)) : 0;
  return (
    <td class={`depth-${depth}`}>
      {count > 0 && (
        <a href={href} aria-label={`${name}: ${words.studyCount(count)}`}>
          {count}
        </a>
      )}
    </td>
  );
}

function valuesOf(profiles: Profile[], filter: Filter): string[] {
  return [...new Set(profiles.flatMap((profile) => [...profile.values[filter]]))];
}

function byCount(profiles: Profile[], filter: Filter): [string, number][] {
  const counted = valuesOf(profiles, filter).map((value): [string, number] => [
    value,
    holding(profiles, { [filter]: value }),
  ]);
  return counted.sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
}

/** How many studies have all of these values. */
function holding(profiles: Profile[], values: Partial<Record<Filter, string>>): number {
  return profiles.filter((profile) =>
    Object.entries(values).every(([filter, value]) => profile.values[filter as Filter].has(value)),
  ).length;
}
