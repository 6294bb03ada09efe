import { Fragment, type ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { characters, visible } from "./characters";
import { segments, type Fact } from "./facts";
import {
  FACETS,
  type Correction,
  type Facet,
  type Figure,
  type Gap,
  type Passage,
  type Reference,
  type Span,
} from "./rows";
import { mended } from "./source";
import { openView, useView } from "./state";
import type { Seed } from "./tables";
import { pointing, type Pointed } from "./Tip";
import { facetTitle } from "./titles";
import { address, studyView, withinStudy } from "./view";

/** What the page knows of a study's document. */
export interface Source {
  spans: Span[];
  corrections: Correction[];
  seed: Seed | null;
}

interface Given {
  passages: Passage[];
  gaps: Gap[];
  facts: Map<string, Fact[]>;
  source: Source | null;
  figures: Figure[];
  references: Reference[];
  onPoint: (pointed: Pointed | null) => void;
}

/** The facets that a study has, or of which something is missing, in the order of reading. */
export function shownFacets(passages: Passage[], gaps: Gap[]): Facet[] {
  return FACETS.filter(
    (facet) => passages.some((each) => each.facet === facet) || gaps.some((each) => each.facet === facet),
  );
}

/** What the titles lost, the facets of a study as outlines, then its figures and references. */
export function Outline(given: Given) {
  const { view, words } = useView();
  const { passages, gaps, source, figures, references } = given;
  const spans = useMemo(
    () => Map.groupBy(source?.spans.filter((span) => span.passage_id) ?? [], (span) => span.passage_id),
    [source],
  );
  useEffect(() => {
    if (!view.passage) return;
    const here = document.querySelector<HTMLElement>(".passage.here");
    const { top = 0, bottom = 0 } = here?.getBoundingClientRect() ?? {};
    if (top < 80 || bottom > innerHeight / 2) here?.scrollIntoView({ block: "center" });
    // Who came to the study for this passage goes on from there.
    if (document.activeElement?.matches("h1")) here?.querySelector("a")?.focus({ preventScroll: true });
  }, [view.passage, passages.length]);
  const shown = shownFacets(passages, gaps);
  return (
    <>
      <Gaps gaps={gaps.filter((gap) => !shown.some((facet) => facet === gap.facet))} passages={[]} spans={spans} />
      {shown.map((facet) => {
        const own = passages.filter((passage) => passage.facet === facet);
        return (
          <section key={facet} class={`facet facet-${facet}`} aria-labelledby={`facet-${facet}`}>
            <h2 id={`facet-${facet}`} tabIndex={-1}>
              {facetTitle(view.language, facet)}
            </h2>
            <Gaps gaps={gaps.filter((gap) => gap.facet === facet)} passages={own} spans={spans} />
            <Level parent={null} passages={own} spans={spans} given={given} />
          </section>
        );
      })}
      {figures.length > 0 && (
        <section class="facet">
          <h2>{words.figures}</h2>
          <ul class="plain" lang="zh-Hans">
            {figures.map((figure) => (
              <li key={figure.figure_id}>
                <b>{words.figure(figure.number)}</b> {figure.caption}
              </li>
            ))}
          </ul>
        </section>
      )}
      {references.length > 0 && (
        <section class="facet">
          <h2>{words.references}</h2>
          <ol class="plain">
            {references.map((reference) => (
              <li key={reference.reference_id}>{reference.citation}</li>
            ))}
          </ol>
        </section>
      )}
    </>
  );
}

type Spans = Map<string | null, Span[]>;

/** The passages below one, each with those below it. */
function Level({
  parent,
  passages,
  spans,
  given,
}: {
  parent: string | null;
  passages: Passage[];
  spans: Spans;
  given: Given;
}) {
  const own = passages.filter((passage) => passage.parent_id === parent);
  if (!own.length) return null;
  return (
    <ol class="outline">
      {own.map((passage) => (
        <li key={passage.passage_id}>
          <OnePassage passage={passage} spans={spans.get(passage.passage_id) ?? []} given={given} />
          <Level parent={passage.passage_id} passages={passages} spans={spans} given={given} />
        </li>
      ))}
    </ol>
  );
}

function OnePassage({ passage, spans, given }: { passage: Passage; spans: Span[]; given: Given }) {
  const { view, words } = useView();
  const within = withinStudy(passage.passage_id);
  const here = view.passage === within;
  const target = studyView(view.language, passage.study_id, within);
  const { source, onPoint } = given;
  const { placed, unplaced } = useMemo(() => {
    if (!source?.seed) return { placed: [], unplaced: [] };
    const inOrder = [...spans].sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
    return mended(passage, characters(source.seed.text), inOrder, source.corrections);
  }, [passage, spans, source]);
  const known = given.facts.get(passage.passage_id);
  const text = useMemo(() => {
    const corrected: Fact[] = placed.map(({ start, end, correction: { original, corrected, note } }) => ({
      ...{ passage_id: passage.passage_id, start, end, original, corrected, note },
      kind: "correction",
    }));
    return segments(passage.text, [...(known ?? []), ...corrected]).map((segment, index) =>
      segment.facts.length ? (
        <Marked key={index} facts={segment.facts} onPoint={onPoint}>
          {segment.text}
        </Marked>
      ) : (
        <Fragment key={index}>{segment.text}</Fragment>
      ),
    );
  }, [passage, known, placed]);
  const choose = (event: MouseEvent): void => {
    // What is selected with the mouse is to be copied, and what is pointed at has a click of its own.
    if (!getSelection()?.isCollapsed || (event.target as Element).closest("a, .fact")) return;
    openView(target);
  };
  return (
    <div class={here ? "passage here" : "passage"} onClick={choose}>
      <a
        class={passage.number ? "trace" : "trace unnumbered"}
        href={address(target)}
        aria-label={`${words.trace} ${passage.number ?? ""}`}
        aria-current={here ? "true" : undefined}
      >
        {passage.number ?? "¶"}
      </a>
      <p lang="zh-Hans">
        {passage.label && <b class="label">{passage.label}</b>}
        <span class="text">{text}</span>
        {!passage.is_complete && (
          <span class="broken" lang={words.htmlLanguage}>
            {words.broken}
          </span>
        )}
        {unplaced.map((correction) => (
          <span key={correction.correction_id} class="mended" lang={words.htmlLanguage}>
            {words.correctedHere}: <del lang="zh-Hans">{visible(correction.original)}</del> →{" "}
            <ins lang="zh-Hans">{visible(correction.corrected)}</ins>
          </span>
        ))}
      </p>
    </div>
  );
}

function Marked({
  facts,
  onPoint,
  children,
}: {
  facts: Fact[];
  onPoint: Given["onPoint"];
  children: ComponentChildren;
}) {
  const classes = ["fact", ...new Set(facts.map((fact) => fact.kind))];
  return (
    <span class={classes.join(" ")} role="button" tabIndex={0} {...pointing(facts, onPoint)}>
      {children}
    </span>
  );
}

/** What a facet lost, each with the way to the passage before it. */
function Gaps({ gaps, passages, spans }: { gaps: Gap[]; passages: Passage[]; spans: Spans }) {
  const { view, words } = useView();
  if (!gaps.length) return null;
  return (
    <ul class="gaps">
      {gaps.map((gap) => {
        const passage = passageBefore(gap, passages, spans);
        return (
          <li key={gap.gap_id}>
            <b>{words.gap[gap.kind]}</b> <span lang="en">{gap.note}</span>
            {passage && (
              <>
                {" "}
                <a href={address(studyView(view.language, gap.study_id, withinStudy(passage.passage_id)))}>
                  {words.showGap}
                </a>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** The passage whose characters stand last before a gap, or that holds it. */
function passageBefore(gap: Gap, passages: Passage[], spans: Spans): Passage | null {
  const { offset } = gap;
  if (offset === null) return null;
  const starts = (passage: Passage): number =>
    Math.max(
      -1,
      ...(spans.get(passage.passage_id) ?? []).filter((span) => span.start <= offset).map((span) => span.start),
    );
  const nearest = passages.reduce<[Passage | null, number]>(
    ([found, at], passage) => (starts(passage) > at ? [passage, starts(passage)] : [found, at]),
    [null, -1],
  );
  return nearest[0];
}
