import { documentNames } from "./names";
import type { Document, Study } from "./rows";
import { excerpt, marked, type Found } from "./search";
import { useView } from "./state";
import { facetTitle, title } from "./titles";
import { address, studyView, type Sort } from "./view";

/** The table of studies; under each that was searched for, the line in which it was found. */
export function Results({
  rows,
  documents,
  hits,
  asked,
}: {
  rows: Study[];
  documents: Document[];
  hits: Map<string, Found>;
  asked: string[];
}) {
  const { view, words } = useView();
  const titles = documentNames(documents, view.language);
  return (
    <table class="studies">
      <thead>
        <tr>
          <Head sort="title" name={title(view.language, "studies")} />
          <Head sort="journal" name={title(view.language, "studies", "journal")} />
          <Head sort="date" name={title(view.language, "studies", "date")} />
          <Head sort="document" name={words.filter.document} />
        </tr>
      </thead>
      <tbody>
        {rows.map((study) => (
          <tr key={study.study_id}>
            <td>
              <Title study={study} asked={asked} />
              <Line study={study} hit={hits.get(study.study_id)} asked={asked} />
            </td>
            <td class="journal">{study.journal && <span lang="en">{study.journal}</span>}</td>
            <td class="date">{study.date && <time dateTime={study.date}>{study.date}</time>}</td>
            <td class="document">
              <span title={titles.get(study.document_id)}>{titles.get(study.document_id)}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Head({ sort, name }: { sort: Sort; name: string }) {
  const { view, words, change } = useView();
  const active = view.sort === sort;
  return (
    <th
      scope="col"
      class={`by-${sort}`}
      aria-sort={active ? (view.descending ? "descending" : "ascending") : undefined}
    >
      <button
        type="button"
        title={words.sortBy(name)}
        onClick={() =>
          change({ sort: active && view.descending ? null : sort, descending: active && !view.descending })
        }
      >
        {name}
        <span class="arrow" aria-hidden="true">
          {active ? (view.descending ? "↓" : "↑") : "↕"}
        </span>
      </button>
    </th>
  );
}

/** Both titles of a study: the one in the reader's language leads. */
function Title({ study, asked }: { study: Study; asked: string[] }) {
  const { view, words } = useView();
  const href = address(studyView(view.language, study.study_id));
  const zh = (
    <span lang="zh-Hans">
      <Marked text={study.title_zh} asked={asked} />
    </span>
  );
  const en = study.title_en && (
    <span lang="en">
      <Marked text={study.title_en} asked={asked} />
    </span>
  );
  const [first, second] = view.language === "en" && en ? [en, zh] : [zh, en];
  return (
    <>
      <a class="title" href={href}>
        {first}
      </a>
      {study.kind === "review" && <span class="kind">{words.review}</span>}
      {second && <p class="subtitle">{second}</p>}
    </>
  );
}

function Line({ study, hit, asked }: { study: Study; hit: Found | undefined; asked: string[] }) {
  const { view, words } = useView();
  const line = hit?.line;
  if (!line || line.facet === "title") return null;
  const { facet } = line;
  const text = <Marked text={excerpt(line.text, asked)} asked={asked} />;
  if (facet === "names")
    return (
      <p class="line">
        <b>{words.names}</b> {text}
      </p>
    );
  const passage = `${facet.replace("_", "-")}/${String(line.position).padStart(4, "0")}`;
  return (
    <p class="line">
      <a href={address(studyView(view.language, study.study_id, passage))}>
        <b>{facetTitle(view.language, facet)}</b> <span lang="zh-Hans">{text}</span>
      </a>
    </p>
  );
}

function Marked({ text, asked }: { text: string; asked: string[] }) {
  return <>{marked(text, asked).map((part, index) => (index % 2 ? <mark key={index}>{part}</mark> : part))}</>;
}
