import { useEffect, useMemo, useState } from "preact/hooks";
import { factsByPassage } from "./facts";
import { documentNames } from "./names";
import { Outline, shownFacets } from "./Outline";
import type { Document, Study } from "./rows";
import { SourcePane } from "./SourcePane";
import { useLoaded, useView } from "./state";
import { seed, table } from "./tables";
import { Tip, type Pointed } from "./Tip";
import { address, allStudies, studyView, withinStudy } from "./view";
import { facetTitle } from "./titles";

/** A study: its facets to read, and beside them the document to check them against. */
export function StudyPage({ studies, documents }: { studies: Study[]; documents: Document[] }) {
  const { view, words } = useView();
  const at = studies.findIndex((each) => each.study_id === view.study);
  const study = studies[at];
  const document = documents.find((each) => each.document_id === study?.document_id);
  if (!study || !document) {
    return (
      <div class="failure" role="alert">
        <p>{words.noStudy}</p>
        <a href={address(allStudies(view.language))}>{words.back}</a>
      </div>
    );
  }
  return (
    <Study
      key={study.study_id}
      study={study}
      document={document}
      name={documentNames(documents, view.language).get(document.document_id) ?? document.document_id}
      before={studies[at - 1]}
      after={studies[at + 1]}
    />
  );
}

interface Neighbours {
  before: Study | undefined;
  after: Study | undefined;
}

function Study({
  study,
  document,
  name,
  before,
  after,
}: { study: Study; document: Document; name: string } & Neighbours) {
  const { view, words } = useView();
  const outline = useLoaded(
    () => Promise.all([table("passages"), table("gaps"), table("figures"), table("references")]),
    "outline",
  );
  const named = useLoaded(
    () => Promise.all([table("quantities"), table("terms"), table("equations"), table("mentions"), table("entities")]),
    "facts",
  );
  const source = useLoaded(
    () => Promise.all([table("spans"), table("corrections"), seed(document)]),
    document.document_id,
  );
  const facts = useMemo(() => (named ? factsByPassage(...named) : new Map()), [named]);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  useEffect(() => scrollTo(0, 0), []);

  const ownSource = useMemo(() => {
    if (!source) return null;
    const [spans, corrections, read] = source;
    return {
      spans: spans.filter((span) => span.document_id === document.document_id),
      corrections: corrections.filter((each) => each.document_id === document.document_id),
      seed: read,
    };
  }, [source]);
  const passages = outline?.[0].filter((passage) => passage.study_id === study.study_id) ?? [];
  const gaps = outline?.[1].filter((gap) => gap.study_id === study.study_id) ?? [];
  const facets = shownFacets(passages, gaps);

  return (
    <div class="study">
      <article class="reading">
        <header>
          <Titles study={study} />
          <p class="facts">
            {study.journal && <span lang="en">{study.journal}</span>}
            {study.date && <time dateTime={study.date}>{study.date}</time>}
            {study.doi && <span>DOI {study.doi}</span>}
            <span>{name}</span>
          </p>
          <p class="hint">{words.check}</p>
        </header>
        <nav class="contents" aria-label={words.contents}>
          {facets.map((facet) => (
            <button key={facet} type="button" class={`facet-${facet}`} onClick={() => toFacet(facet)}>
              {facetTitle(view.language, facet)}
            </button>
          ))}
        </nav>
        {outline ? (
          <Outline
            passages={passages}
            gaps={gaps}
            facts={facts}
            source={ownSource}
            figures={outline[2].filter((figure) => figure.study_id === study.study_id)}
            references={outline[3].filter((reference) => reference.study_id === study.study_id)}
            onPoint={setPointed}
          />
        ) : (
          <p class="loading" role="status">
            {words.loading}
          </p>
        )}
        <nav class="neighbours">
          {before && (
            <a rel="prev" href={address(studyView(view.language, before.study_id))}>
              ← {words.previous}
            </a>
          )}
          {after && (
            <a rel="next" href={address(studyView(view.language, after.study_id))}>
              {words.next} →
            </a>
          )}
        </nav>
      </article>
      <SourcePane
        study={study}
        name={name}
        source={ownSource}
        passage={passages.find((each) => view.passage && withinStudy(each.passage_id) === view.passage)}
      />
      <Tip pointed={pointed} onClose={() => setPointed(null)} />
    </div>
  );
}

function Titles({ study }: { study: Study }) {
  const { view } = useView();
  const zh = <span lang="zh-Hans">{study.title_zh}</span>;
  const en = study.title_en && <span lang="en">{study.title_en}</span>;
  const [first, second] = view.language === "en" && en ? [en, zh] : [zh, en];
  return (
    <>
      <h1 tabIndex={-1}>{first}</h1>
      {second && <p class="second">{second}</p>}
    </>
  );
}

function toFacet(facet: string): void {
  const heading = document.getElementById(`facet-${facet}`);
  heading?.scrollIntoView({ block: "start" });
  heading?.focus({ preventScroll: true });
}
