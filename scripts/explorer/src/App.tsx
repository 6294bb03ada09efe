import { useEffect, useErrorBoundary, useRef, useState } from "preact/hooks";
import { Charts } from "./Charts";
import { Find } from "./Find";
import { heading } from "./names";
import type { Study } from "./rows";
import { CurrentView, replaceView, useAddress, useLoaded } from "./state";
import { StudyPage } from "./StudyPage";
import { FileError, table, version } from "./tables";
import { packageTitle } from "./titles";
import { address, allStudies, type View } from "./view";
import { words } from "./words/words";

/** The page: its head, what the view asks for, its foot. */
export function App() {
  const view = useAddress();
  const said = words(view.language);
  useEffect(() => {
    document.documentElement.lang = said.htmlLanguage;
  }, [said]);
  useFocusOn(view);
  return (
    <CurrentView.Provider value={view}>
      <a class="skip" href="#content" onClick={toContent}>
        {said.skip}
      </a>
      <Head view={view} />
      <main id="content" tabIndex={-1}>
        <Body view={view} />
      </main>
      <Foot view={view} />
    </CurrentView.Provider>
  );
}

/** Give the focus to the heading of each page but the first: what had it is gone with the page before. */
function useFocusOn({ page, study }: View): void {
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) document.querySelector<HTMLElement>("main:not(:has(h1)), h1")?.focus({ preventScroll: true });
    first.current = false;
  }, [page, study]);
}

function Body({ view }: { view: View }) {
  const [error] = useErrorBoundary();
  if (error) return <Failure view={view} error={error} />;
  return <Loaded view={view} />;
}

function Loaded({ view }: { view: View }) {
  const said = words(view.language);
  const tables = useLoaded(() => Promise.all([table("studies"), table("documents")]), "studies");
  if (!tables)
    return (
      <p class="loading" role="status">
        {said.loading}
      </p>
    );
  const [studies, documents] = tables;
  document.title = pageTitle(view, studies);
  if (view.page === "charts") return <Charts studies={studies} />;
  if (view.page === "study") return <StudyPage studies={studies} documents={documents} />;
  return <Find studies={studies} documents={documents} />;
}

/** What the browser calls the page: of a study its title. */
function pageTitle(view: View, studies: Study[]): string {
  const said = words(view.language);
  const study = studies.find((each) => each.study_id === view.study);
  const own = study ? heading(study, view.language) : view.page === "charts" ? said.charts : said.studies;
  return `${own} · GeoDigest`;
}

function Failure({ view, error }: { view: View; error: unknown }) {
  const said = words(view.language);
  return (
    <div class="failure" role="alert">
      <p>{said.failed}</p>
      <p>
        <code>{error instanceof FileError ? error.message : String(error)}</code>
      </p>
      <button type="button" onClick={() => location.reload()}>
        {said.retry}
      </button>
    </div>
  );
}

function Head({ view }: { view: View }) {
  const said = words(view.language);
  const [dark, setDark] = useState<boolean | null>(null);
  useEffect(() => {
    if (dark !== null) document.documentElement.dataset.theme = dark ? "dark" : "light";
  }, [dark]);
  const other = view.language === "zh" ? "en" : "zh";
  const pages = [
    { page: "studies", name: said.studies },
    { page: "charts", name: said.charts },
  ] as const;
  return (
    <header class="head">
      <a class="brand" href={address(allStudies(view.language))}>
        GeoDigest
      </a>
      <p class="subtitle">{packageTitle(view.language).replace(/^GeoDigest[:：]\s*/, "")}</p>
      <nav>
        {pages.map(({ page, name }) => (
          <a
            key={page}
            href={address({ ...allStudies(view.language), page })}
            aria-current={view.page === page ? "page" : undefined}
          >
            {name}
          </a>
        ))}
      </nav>
      <a
        class="language"
        href={address({ ...view, language: other })}
        lang={words(other).htmlLanguage}
        hreflang={words(other).htmlLanguage}
        onClick={(event) => {
          event.preventDefault();
          replaceView({ ...view, language: other });
        }}
      >
        {said.otherLanguage}
      </a>
      <button
        type="button"
        class="theme"
        aria-label={said.theme}
        title={said.theme}
        onClick={() => setDark(!(dark ?? matchMedia("(prefers-color-scheme: dark)").matches))}
      >
        <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
          <circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" />
          <path d="M8 1.5a6.5 6.5 0 0 1 0 13z" fill="currentColor" />
        </svg>
      </button>
    </header>
  );
}

function Foot({ view }: { view: View }) {
  const said = words(view.language);
  const stated = useLoaded(version, "version");
  return (
    <footer class="foot">
      {stated && <span>GeoDigest · {said.version(stated)}</span>}
      <span>{said.rights}</span>
      <span>{said.local}</span>
    </footer>
  );
}

/** An address after `#` states the view, so the skip link moves the focus by itself. */
function toContent(event: Event): void {
  event.preventDefault();
  document.getElementById("content")?.focus();
}
