import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import { address, readView, type View } from "./view";
import type { Words } from "./words/en";
import { words } from "./words/words";

export const CurrentView = createContext<View>(readView("", "en"));

/** The view on the screen, its words, and the way to another: a link's address, or a change in place. */
export function useView(): { view: View; words: Words; change: (part: Partial<View>) => void } {
  const view = useContext(CurrentView);
  return { view, words: words(view.language), change: (part) => replaceView({ ...view, ...part }) };
}

/** Show another view in the place of this one: no step back leads to each letter of a search. */
export function replaceView(view: View): void {
  history.replaceState(null, "", address(view));
  dispatchEvent(new HashChangeEvent("hashchange"));
}

/** Show another view; a step back leads to this one. */
export function openView(view: View): void {
  location.hash = address(view);
}

/** The view that the address states, as it changes. */
export function useAddress(): View {
  const [view, setView] = useState(readAddress);
  useEffect(() => {
    const read = (): void => setView(readAddress());
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  return view;
}

/** The view of the address, which is completed at once: one without a language gets that of the reader. */
function readAddress(): View {
  const view = readView(location.hash, navigator.language.startsWith("zh") ? "zh" : "en");
  if (location.hash !== address(view)) history.replaceState(null, "", address(view));
  return view;
}

/** What a promise gives, once it does; an error goes to the page's error boundary. `key` tells one promise from another. */
export function useLoaded<Value>(make: () => Promise<Value> | null, key: unknown): Value | undefined {
  const [loaded, setLoaded] = useState<{ key: unknown; value: Value } | { key: unknown; error: unknown }>();
  useEffect(() => {
    let wanted = true;
    make()?.then(
      (value) => wanted && setLoaded({ key, value }),
      (error: unknown) => wanted && setLoaded({ key, error }),
    );
    return () => {
      wanted = false;
    };
  }, [key]);
  if (!loaded || loaded.key !== key) return undefined;
  if ("error" in loaded) throw loaded.error;
  return loaded.value;
}
