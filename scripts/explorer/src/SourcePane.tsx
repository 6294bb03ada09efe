import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { visible } from "./characters";
import type { Source } from "./Outline";
import { FACETS, type Facet, type Passage, type Study } from "./rows";
import { linesOfStudy, type SourceLine, type Stretch } from "./source";
import { useView } from "./state";
import { facetTitle } from "./titles";
import { address, studyView, withinStudy, type Language } from "./view";
import { words } from "./words/words";

/** The document beside a study: its characters, and marked in them those of the chosen passage. */
export function SourcePane({
  study,
  name,
  source,
  passage,
}: {
  study: Study;
  name: string;
  source: Source | null;
  /** The chosen one. */
  passage: Passage | undefined;
}) {
  const { view, words: said, change } = useView();
  const lines = useMemo(
    () => (source?.seed ? linesOfStudy(source.seed.text, source.spans, source.corrections, study.study_id) : []),
    [source, study],
  );
  const chosen = view.passage ? `${study.study_id}/${view.passage}` : null;
  const own = source?.spans.filter((span) => chosen !== null && span.passage_id === chosen) ?? [];
  own.sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
  const ranges =
    own.length > 0
      ? `${said.chosen(own.length)} · ${said.characterRange(own.map(({ start, end }) => `${start}–${end}`).join(", "))}`
      : undefined;
  const text = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const mark = text.current?.querySelector("mark");
    if (mark && text.current) toMiddle(text.current, mark);
  }, [chosen, lines]);

  return (
    <aside class={chosen ? "source chosen" : "source"} aria-label={said.sourceOf(name)}>
      <header>
        <h2>{said.source}</h2>
        <button type="button" class="quiet close" onClick={() => change({ passage: "" })}>
          {said.close}
        </button>
        <p>
          <span>{name}</span>
          {lines.length > 0 && <span>{said.lines(lines[0]!.number, lines[lines.length - 1]!.number)}</span>}
          {source?.seed?.verified && <span class="verified">✓ {said.verified}</span>}
          {source?.seed?.verified === false && <span class="unverified">{said.unverified}</span>}
        </p>
        <div class="told-of-passage">
          <p class="ranges" role="status" title={ranges}>
            {ranges}
          </p>
          {passage && <Copy key={passage.passage_id} passage={passage} />}
        </div>
      </header>
      {!source && <p class="loading">{said.loading}</p>}
      {source && !source.seed && <p class="failure">{said.noSeed}</p>}
      <div class="seed" ref={text} tabIndex={0} role="region" aria-label={said.source} lang="zh-Hans">
        {lines.map((line) => {
          const marked = chosen !== null && line.stretches.some((stretch) => stretch.span.passage_id === chosen);
          return (
            <Line
              key={line.number}
              line={line}
              language={view.language}
              study={study.study_id}
              chosen={marked ? chosen : null}
              pieces={marked ? own.length : 0}
            />
          );
        })}
      </div>
      <Legend facets={facetsIn(lines, study.study_id)} />
    </aside>
  );
}

/** Copies a passage as it is published, and its identifier below it. Browsers let pages do so on secure origins alone. */
function Copy({ passage }: { passage: Passage }) {
  const { words: said } = useView();
  const [copied, setCopied] = useState(false);
  if (!("clipboard" in navigator)) return null;
  const text = [passage.number, passage.label, passage.text].filter(Boolean).join(" ");
  return (
    <button
      type="button"
      class="quiet copy"
      title={passage.passage_id}
      onClick={() =>
        navigator.clipboard.writeText(`${text}\n${passage.passage_id}`).then(
          () => setCopied(true),
          () => setCopied(false),
        )
      }
    >
      {copied ? said.copied : said.copy}
    </button>
  );
}

interface Shown {
  language: Language;
  study: string;
  /** The passage whose characters are marked, where the line has some of them. */
  chosen: string | null;
  /** Of how many stretches it is made. */
  pieces: number;
}

/** A line of the document. It is made anew only where what is marked in it changes: a pane has hundreds. */
function Line({ line, language, study, chosen, pieces }: Shown & { line: SourceLine }) {
  return useMemo(
    () => (
      <div class="seed-line" data-line={line.number}>
        {line.stretches.map((stretch) => (
          <OneStretch
            key={stretch.start}
            stretch={stretch}
            language={language}
            study={study}
            chosen={chosen}
            pieces={pieces}
          />
        ))}
      </div>
    ),
    [line, language, study, chosen, pieces],
  );
}

function OneStretch({ stretch, language, study, chosen, pieces }: Shown & { stretch: Stretch }) {
  const said = words(language);
  const here = chosen !== null && stretch.span.passage_id === chosen;
  const { span, correction, corrected, first } = stretch;
  const inner = correction ? (
    <>
      <del>{stretch.text}</del>
      {corrected && correction.corrected && (
        <ins title={correction.note ?? undefined}>{visible(correction.corrected)}</ins>
      )}
    </>
  ) : (
    stretch.text
  );
  if (span.role === "whitespace" && !correction) return <>{stretch.text}</>;
  const other = span.study_id !== null && span.study_id !== study;
  const classes = ["stretch", span.role, other ? "other" : "", span.facet && !other ? `facet-${span.facet}` : ""]
    .filter(Boolean)
    .join(" ");
  const range = `${span.start}–${span.end}`;
  if (!span.passage_id || !span.study_id) {
    return (
      <span class={classes} title={`${said.role[span.role]}${span.reason ? `: ${span.reason}` : ""} · ${range}`}>
        {inner}
      </span>
    );
  }
  const within = withinStudy(span.passage_id);
  return (
    <a
      class={classes}
      href={address(studyView(language, span.study_id, within))}
      title={`${other ? `${said.toStudy}: ${span.study_id}/` : ""}${within} · ${range}`}
      tabIndex={first && span.position === 1 ? 0 : -1}
      aria-current={here ? "true" : undefined}
    >
      {here ? <mark data-order={first && pieces > 1 ? span.position : undefined}>{inner}</mark> : inner}
    </a>
  );
}

function Legend({ facets }: { facets: Facet[] }) {
  const { view, words } = useView();
  return (
    <ul class="legend" aria-label={words.legend}>
      {facets.map((facet) => (
        <li key={facet}>
          <span class={`swatch facet-${facet}`} />
          {facetTitle(view.language, facet)}
        </li>
      ))}
      <li>
        <span class="stretch other">abc</span> {words.legendOther}
      </li>
      <li>
        <span class="stretch noise">abc</span> {words.legendNoise}
      </li>
      <li>
        <del>a</del>
        <ins>b</ins> {words.legendCorrection}
      </li>
    </ul>
  );
}

function facetsIn(lines: SourceLine[], study: string): Facet[] {
  const spans = lines.flatMap((line) => line.stretches.map((stretch) => stretch.span));
  const own = new Set(
    spans.filter((span) => span.study_id === study && span.role === "text").map((span) => span.facet),
  );
  return FACETS.filter((facet) => own.has(facet));
}

/** Scroll a pane so that an element that is out of sight stands a third from its top. */
function toMiddle(pane: HTMLElement, element: HTMLElement): void {
  const outer = pane.getBoundingClientRect();
  const inner = element.getBoundingClientRect();
  if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
  pane.scrollTop += inner.top - outer.top - outer.height / 3;
}
