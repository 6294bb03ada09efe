import { useMemo } from "preact/hooks";
import type { ComponentChildren } from "preact";
import { ages, decade, NO_YEAR, profiles, type Age, type Profile } from "./filters";
import { dimensionName, entityName, heading, powerOfTen, unitName } from "./names";
import type { Entity, Quantity, Study } from "./rows";
import { useLoaded, useView } from "./state";
import { table } from "./tables";
import { address, allStudies, filtered, studyOf, studyView, type Filter } from "./view";

/** The most rows and columns of the matrix of datasets and methods. */
const MOST = 14;
/** How many powers of ten a chart has room for: one is as wide in every chart. */
const MOST_DECADES = 21;

/** Four charts; each mark leads to the studies that it counts. */
export function Charts({ studies }: { studies: Study[] }) {
  const { words } = useView();
  const read = useLoaded(() => Promise.all([table("mentions"), table("entities"), table("quantities"), table("passages")]), "charts");
  const known = useMemo(() => profiles(studies, read?.[0], read?.[1]), [studies, read]);
  return (
    <div class="charts">
      <h1 class="hidden">{words.charts}</h1>
      <Chart title={words.chartYears} note={words.chartYearsNote}><Years profiles={known} /></Chart>
      {read ? (
        <>
          <Chart title={words.chartQuantities} note={words.chartQuantitiesNote}><Quantities quantities={read[2]} /></Chart>
          <Chart title={words.chartAges} note={words.chartAgesNote}><Ages ages={ages(read[2], read[3])} studies={studies} /></Chart>
          <Chart title={words.chartMatrix} note={words.chartMatrixNote}><Matrix profiles={known} entities={read[1]} /></Chart>
        </>
      ) : (
        <p class="loading" role="status">{words.loading}</p>
      )}
    </div>
  );
}

function Chart({ title, note, children }: { title: string; note: string; children: ComponentChildren }) {
  return (
    <figure>
      <figcaption>
        <h2>{title}</h2>
        <p>{note}</p>
      </figcaption>
      <div class="chart">{children}</div>
    </figure>
  );
}

function Years({ profiles }: { profiles: Profile[] }) {
  const { view, words } = useView();
  const years = valuesOf(profiles, "year").sort();
  const journals = byCount(profiles, "journal").map(([journal]) => journal);
  const most = Math.max(...journals.flatMap((journal) => years.map((year) => holding(profiles, { journal, year }))));
  return (
    <table class="matrix years">
      <thead>
        <tr>
          <td />
          {years.map((year) => <th key={year} scope="col">{year === NO_YEAR ? words.noDate : year}</th>)}
          <th scope="col">{words.all}</th>
        </tr>
      </thead>
      <tbody>
        {journals.map((journal) => (
          <tr key={journal}>
            <th scope="row" lang="en">{journal}</th>
            {years.map((year) => (
              <Cell key={year} count={holding(profiles, { journal, year })} most={most} href={address(filtered(view.language, { journal: [journal], year: [year] }))} name={`${journal}, ${year === NO_YEAR ? words.noDate : year}`} />
            ))}
            <Cell count={holding(profiles, { journal })} most={0} href={address(filtered(view.language, { journal: [journal] }))} name={journal} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Matrix({ profiles, entities }: { profiles: Profile[]; entities: Entity[] }) {
  const { view } = useView();
  const known = new Map(entities.map((entity) => [entity.entity_id, entity]));
  const name = (id: string): string => {
    const entity = known.get(id);
    return entity ? entityName(entity, view.language) : id;
  };
  const datasets = byCount(profiles, "dataset").slice(0, MOST).map(([id]) => id);
  const methods = byCount(profiles, "method").slice(0, MOST).map(([id]) => id);
  return (
    <table class="matrix pairs">
      <thead>
        <tr>
          <td />
          {methods.map((method) => (
            <th key={method} scope="col"><a href={address(filtered(view.language, { method: [method] }))}><span>{name(method)}</span></a></th>
          ))}
        </tr>
      </thead>
      <tbody>
        {datasets.map((dataset) => (
          <tr key={dataset}>
            <th scope="row"><a href={address(filtered(view.language, { dataset: [dataset] }))}>{name(dataset)}</a></th>
            {methods.map((method) => (
              <Cell key={method} count={holding(profiles, { dataset, method })} most={3} href={address(filtered(view.language, { dataset: [dataset], method: [method] }))} name={`${name(dataset)}, ${name(method)}`} />
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
      {count > 0 && <a href={href} aria-label={`${name}: ${words.studyCount(count)}`}>{count}</a>}
    </td>
  );
}

/** Everyday units at their place on the axis, in SI. */
const LANDMARKS: Record<string, [number, string][]> = {
  "[time]": [[1e-3, "ms"], [1, "s"], [86_400, "d"], [31_557_600, "yr"], [31_557_600e3, "kyr"], [31_557_600e6, "Myr"], [31_557_600e9, "Gyr"]],
  "[length]": [[1e-6, "µm"], [1e-3, "mm"], [1, "m"], [1e3, "km"], [1e6, "10³ km"]],
  "[length] / [time]": [[1e-3 / 31_557_600, "mm/yr"], [1e-2 / 86_400, "cm/d"], [1, "m/s"], [1e3, "km/s"]],
  "[temperature]": [[273.15, "0 °C"]],
  "[mass] / [time]": [[1, "kg/s"], [1e12 / 31_557_600, "Gt/yr"]],
  "[mass] / [length] / [time] ** 2": [[1, "Pa"], [1e3, "kPa"], [1e6, "MPa"], [1e9, "GPa"]],
  "[mass] / [length] ** 3": [[1e3, "g/cm³"]],
  "[length] ** 2": [[1, "m²"], [1e6, "km²"], [1e12, "10⁶ km²"]],
  "[length] ** 3": [[1, "m³"], [1e9, "km³"]],
  "1 / [time]": [[1e-6 / 31_557_600, "1/Myr"], [1 / 31_557_600, "1/yr"], [1, "1/s"]],
  dimensionless: [[1e-3, "‰"], [1e-2, "%"], [1, "1"], [1e3, "10³"], [1e6, "10⁶"]],
};

function Quantities({ quantities }: { quantities: Quantity[] }) {
  const rows = [...Map.groupBy(quantities, (each) => each.dimension ?? "")].filter(([dimension]) => dimension);
  rows.sort(([, a], [, b]) => b.length - a.length);
  return (
    <div class="dimensions">
      {rows.filter(([, own]) => own.length >= 5).map(([dimension, own]) => <Dimension key={dimension} dimension={dimension} quantities={own} />)}
    </div>
  );
}

function Dimension({ dimension, quantities }: { dimension: string; quantities: Quantity[] }) {
  const { view, words } = useView();
  const decades = Map.groupBy(quantities.filter((each) => decade(each) !== null), (each) => decade(each) as number);
  const [first, last] = [Math.min(...decades.keys()), Math.max(...decades.keys())];
  const most = Math.max(...[...decades.values()].map((own) => own.length));
  const units = Map.groupBy(quantities, (each) => each.unit_si ?? "");
  const [unit = ""] = [...units.keys()].sort((a, b) => (units.get(b)?.length ?? 0) - (units.get(a)?.length ?? 0));
  const name = dimensionName(dimension, view.language);
  const width = last - first + 1;
  const powers = Array.from({ length: width }, (_, index) => first + index);
  return (
    <section class="dimension">
      <h3>
        <a href={address({ ...allStudies(view.language), quantity: dimension })}>{name}</a>
        <span>{unitName(unit)}</span>
        <span class="count">{words.quantityCount(quantities.length)}</span>
      </h3>
      <ol class="bars">
        {powers.map((power) => {
          const own = decades.get(power) ?? [];
          const studies = new Set(own.map((each) => studyOf(each.passage_id))).size;
          const range = `${powerOfTen(power)}–${powerOfTen(power + 1)} ${unitName(unit)}`.trim();
          return (
            <li key={power} style={{ width: `${100 / MOST_DECADES}%` }}>
              {own.length > 0 && (
                <a
                  href={address({ ...allStudies(view.language), quantity: `${dimension}@${power}` })}
                  aria-label={`${name}, ${range}: ${words.quantityCount(own.length)}, ${words.studyCount(studies)}`}
                  title={`${range}: ${words.quantityCount(own.length)}, ${words.studyCount(studies)}`}
                >
                  <span class="bar" style={{ height: `${Math.max(4, (100 * own.length) / most)}%` }} />
                </a>
              )}
            </li>
          );
        })}
      </ol>
      <ol class="axis" aria-hidden="true">
        {(LANDMARKS[dimension] ?? [[10 ** first, powerOfTen(first)], [10 ** (last + 1), powerOfTen(last + 1)]] as [number, string][]).map(([value, label]) => {
          const at = (Math.log10(value) - first) / MOST_DECADES;
          return at >= 0 && at <= width / MOST_DECADES ? <li key={label} style={{ left: `${100 * at}%` }}>{label}</li> : null;
        })}
      </ol>
    </section>
  );
}

/** The axis of ages, in millions of years: from the Holocene to the age of the Earth. */
const YOUNGEST = 0.001;
const OLDEST = 4600;
const TICKS: [number, string][] = [[0.001, "1 ka"], [0.01, "10 ka"], [0.1, "100 ka"], [1, "1 Ma"], [10, "10 Ma"], [100, "100 Ma"], [1000, "1 Ga"], [4600, "4.6 Ga"]];

function Ages({ ages: found, studies }: { ages: Age[]; studies: Study[] }) {
  const { view } = useView();
  const rows = [...Map.groupBy(found, (age) => studyOf(age.quantity.passage_id))]
    .map(([id, own]) => ({ study: studies.find((each) => each.study_id === id), own, oldest: Math.max(...own.map((age) => age.oldest)) }))
    .sort((a, b) => a.oldest - b.oldest);
  return (
    <div class="ages">
      <ol class="axis" aria-hidden="true">
        {TICKS.map(([age, label]) => <li key={label} style={{ left: place(age) }}>{label}</li>)}
      </ol>
      {rows.map(({ study, own }) =>
        study ? (
          <section key={study.study_id}>
            <h3><a href={address(studyView(view.language, study.study_id))}>{heading(study, view.language)}</a></h3>
            <ol class="lane">
              {distinct(own).map((age) => <OneAge key={age.quantity.quantity_id} age={age} />)}
            </ol>
          </section>
        ) : null,
      )}
    </div>
  );
}

function OneAge({ age }: { age: Age }) {
  const { view, words } = useView();
  const range = age.youngest === age.oldest ? short(age.oldest) : `${short(age.youngest)}-${short(age.oldest)}`;
  const [left, right] = [position(age.oldest), position(age.youngest)];
  return (
    <li style={{ left: `${left}%`, width: `${right - left}%` }}>
      <a
        class={age.youngest === age.oldest ? "point" : "range"}
        href={address({ ...allStudies(view.language), age: range })}
        aria-label={`${words.age(range.replace("-", "–"))}: ${age.quantity.surface}`}
        title={age.quantity.surface}
      />
    </li>
  );
}

function distinct(found: Age[]): Age[] {
  return [...new Map(found.map((age) => [`${age.youngest} ${age.oldest}`, age])).values()];
}

/** Where an age stands on the axis, in per cent from the old end on the left. */
function position(age: number): number {
  const within = Math.min(OLDEST, Math.max(YOUNGEST, age));
  return 100 * (1 - Math.log(within / YOUNGEST) / Math.log(OLDEST / YOUNGEST));
}

function place(age: number): string {
  return `${position(age)}%`;
}

function short(age: number): string {
  return String(Number(age.toPrecision(6)));
}

function valuesOf(profiles: Profile[], filter: Filter): string[] {
  return [...new Set(profiles.flatMap((profile) => [...profile.values[filter]]))];
}

function byCount(profiles: Profile[], filter: Filter): [string, number][] {
  const counted = valuesOf(profiles, filter).map((value): [string, number] => [value, holding(profiles, { [filter]: value })]);
  return counted.sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
}

/** How many studies have all of these values. */
function holding(profiles: Profile[], values: Partial<Record<Filter, string>>): number {
  return profiles.filter((profile) => Object.entries(values).every(([filter, value]) => profile.values[filter as Filter].has(value))).length;
}
