import type { Language } from "../view";
import { en, type Words } from "./en";
import { zh } from "./zh";

/** The page's own words in a language. */
export function words(language: Language): Words {
  return language === "zh" ? zh : en;
}
