import type { Age } from "./filters";
import { heading } from "./names";
import type { Study } from "./rows";
import { useView } from "./state";
import { address, allStudies, studyOf, studyView } from "./view";

/** The axis of ages, in millions of years: from the Holocene to the age of the Earth. */
const YOUNGEST = 0.001;
const OLDEST = 4600;
const TICKS: [number, string][] = [
  [0.001, "1 ka"],
  [0.01, "10 ka"],
  [0.1, "100 ka"],
  [1, "1 Ma"],
  [10, "10 Ma"],
  [100, "100 Ma"],
  [1000, "1 Ga"],
  [4600, "4.6 Ga"],
];

/** The ages that each study states, on one logarithmic axis. */
export function AgeChart({ ages: found, studies }: { ages: Age[]; studies: Study[] }) {
  const { view } = useView();
  const rows = [...Map.groupBy(found, (age) => studyOf(age.quantity.passage_id))]
    .map(([id, own]) => ({
      study: studies.find((each) => each.study_id === id),
      own,
      oldest: Math.max(...own.map((age) => age.oldest)),
    }))
    .sort((a, b) => a.oldest - b.oldest);
  return (
    <div class="ages">
      <ol class="axis" aria-hidden="true">
        {TICKS.map(([age, label]) => (
          <li key={label} style={{ left: place(age) }}>
            {label}
          </li>
        ))}
      </ol>
      {rows.map(({ study, own }) =>
        study ? (
          <section key={study.study_id}>
            <h3 title={heading(study, view.language)}>
              <a href={address(studyView(view.language, study.study_id))}>{heading(study, view.language)}</a>
            </h3>
            <ol class="lane">
              {distinct(own).map((age) => (
                <OneAge key={age.quantity.quantity_id} age={age} />
              ))}
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
