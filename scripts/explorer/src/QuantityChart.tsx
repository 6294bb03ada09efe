import { decade } from "./filters";
import { dimensionName, powerOfTen, unitName } from "./names";
import type { Quantity } from "./rows";
import { useView } from "./state";
import { address, allStudies, studyOf } from "./view";

/** How many powers of ten a chart has room for, unless it needs more: one is as wide in every chart. */
const MOST_DECADES = 21;

/** Everyday units at their place on the axis, in SI. */
const LANDMARKS: Record<string, [number, string][]> = {
  "[time]": [
    [1e-3, "ms"],
    [1, "s"],
    [86_400, "d"],
    [31_557_600, "yr"],
    [31_557_600e3, "kyr"],
    [31_557_600e6, "Myr"],
    [31_557_600e9, "Gyr"],
  ],
  "[length]": [
    [1e-6, "µm"],
    [1e-3, "mm"],
    [1, "m"],
    [1e3, "km"],
    [1e6, "10³ km"],
  ],
  "[length] / [time]": [
    [1e-3 / 31_557_600, "mm/yr"],
    [1e-2 / 86_400, "cm/d"],
    [1, "m/s"],
    [1e3, "km/s"],
  ],
  "[temperature]": [[273.15, "0 °C"]],
  "[mass] / [time]": [
    [1, "kg/s"],
    [1e12 / 31_557_600, "Gt/yr"],
  ],
  "[mass] / [length] / [time] ** 2": [
    [1, "Pa"],
    [1e3, "kPa"],
    [1e6, "MPa"],
    [1e9, "GPa"],
  ],
  "[mass] / [length] ** 3": [[1e3, "g/cm³"]],
  "[length] ** 2": [
    [1, "m²"],
    [1e6, "km²"],
    [1e12, "10⁶ km²"],
  ],
  "[length] ** 3": [
    [1, "m³"],
    [1e9, "km³"],
  ],
  "1 / [time]": [
    [1e-6 / 31_557_600, "1/Myr"],
    [1 / 31_557_600, "1/yr"],
    [1, "1/s"],
  ],
  dimensionless: [
    [1e-3, "‰"],
    [1e-2, "%"],
    [1, "1"],
    [1e3, "10³"],
    [1e6, "10⁶"],
  ],
};

/** How many quantities of each dimension lie in each power of ten. */
export function QuantityChart({ quantities }: { quantities: Quantity[] }) {
  const rows = [...Map.groupBy(quantities, (each) => each.dimension ?? "")].filter(([dimension]) => dimension);
  rows.sort(([, a], [, b]) => b.length - a.length);
  return (
    <div class="dimensions">
      {rows
        .filter(([, own]) => own.length >= 5)
        .map(([dimension, own]) => (
          <Dimension key={dimension} dimension={dimension} quantities={own} />
        ))}
    </div>
  );
}

function Dimension({ dimension, quantities }: { dimension: string; quantities: Quantity[] }) {
  const { view, words } = useView();
  const decades = Map.groupBy(
    quantities.filter((each) => decade(each) !== null),
    (each) => decade(each) as number,
  );
  const [first, last] = [Math.min(...decades.keys()), Math.max(...decades.keys())];
  const most = Math.max(...[...decades.values()].map((own) => own.length));
  const units = Map.groupBy(quantities, (each) => each.unit_si ?? "");
  const [unit = ""] = [...units.keys()].sort((a, b) => (units.get(b)?.length ?? 0) - (units.get(a)?.length ?? 0));
  const name = dimensionName(dimension, view.language);
  const width = last - first + 1;
  const room = Math.max(MOST_DECADES, width);
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
            <li key={power} style={{ width: `${100 / room}%` }}>
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
        {(
          LANDMARKS[dimension] ??
          ([
            [10 ** first, powerOfTen(first)],
            [10 ** (last + 1), powerOfTen(last + 1)],
          ] as [number, string][])
        ).map(([value, label]) => {
          const at = (Math.log10(value) - first) / room;
          return at >= 0 && at <= width / room ? (
            <li key={label} style={{ left: `${100 * at}%` }}>
              {label}
            </li>
          ) : null;
        })}
      </ol>
    </section>
  );
}
