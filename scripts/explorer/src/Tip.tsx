import { useLayoutEffect, useRef } from "preact/hooks";
import { visible } from "./characters";
import type { Fact } from "./facts";
import { dimensionName, entityName, powerOfTen, unitName } from "./names";
import type { Quantity } from "./rows";
import { useView } from "./state";
import { title } from "./titles";
import { address, filtered, FILTERS, type Filter } from "./view";

/** The place that is pointed at, what is known of it, and whether it stays when the pointer leaves. */
export interface Pointed {
  facts: Fact[];
  place: HTMLElement;
  kept: boolean;
}

/** What makes an element show facts: hover and focus as long as they last, a click or Enter until Escape. */
export function pointing(facts: Fact[], onPoint: (pointed: Pointed | null) => void) {
  const show = (kept: boolean) => (event: Event) => onPoint({ facts, place: event.currentTarget as HTMLElement, kept });
  return {
    onMouseEnter: show(false),
    onFocus: show(false),
    onBlur: (event: FocusEvent) => inTip(event.relatedTarget) || onPoint(null),
    onMouseLeave: (event: MouseEvent) => inTip(event.relatedTarget) || onPoint(null),
    onClick: show(true),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      show(true)(event);
    },
  };
}

/** What is known of a place, beside it. What stays takes the focus, and gives it back. */
export function Tip({ pointed, onClose }: { pointed: Pointed | null; onClose: () => void }) {
  const { words } = useView();
  const tip = useRef<HTMLDivElement>(null);
  const close = (): void => {
    if (pointed?.kept) pointed.place.focus();
    onClose();
  };
  useLayoutEffect(() => {
    const own = tip.current;
    if (!pointed || !own) return;
    const move = (): void => putBeside(own, pointed.place);
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === "Escape") close();
    };
    const onPress = (event: Event): void => {
      if (!inTip(event.target) && event.target !== pointed.place) onClose();
    };
    move();
    pointed.place.setAttribute("aria-describedby", "tip");
    if (pointed.kept) own.querySelector<HTMLElement>("a, button")?.focus();
    addEventListener("keydown", onKey);
    addEventListener("pointerdown", onPress);
    addEventListener("scroll", move, true);
    return () => {
      pointed.place.removeAttribute("aria-describedby");
      removeEventListener("keydown", onKey);
      removeEventListener("pointerdown", onPress);
      removeEventListener("scroll", move, true);
    };
  }, [pointed]);
  if (!pointed) return null;
  const role = pointed.kept
    ? ({ role: "dialog", "aria-label": pointed.place.textContent } as const)
    : ({ role: "tooltip" } as const);
  return (
    <div id="tip" class="tip" ref={tip} {...role} onMouseLeave={() => pointed.kept || onClose()}>
      {pointed.facts.map((fact, index) => (
        <OneFact key={index} fact={fact} />
      ))}
      {pointed.kept && (
        <button type="button" class="quiet" onClick={close}>
          {words.close}
        </button>
      )}
    </div>
  );
}

/** Below the first line of a place, or above it where there is no room: one that wraps is as wide as the text. */
function putBeside(tip: HTMLElement, place: HTMLElement): void {
  const at = place.getClientRects()[0] ?? place.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const below = at.bottom + height + 8 < innerHeight;
  tip.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  tip.style.top = `${below ? at.bottom + 2 : Math.max(8, at.top - height - 2)}px`;
}

function OneFact({ fact }: { fact: Fact }) {
  const { view, words } = useView();
  if (fact.kind === "entity") {
    const { entity } = fact;
    const own = entityName(entity, view.language);
    const other = entity.name === own ? entity.name_zh : entity.name;
    return (
      <dl>
        <dt>{words.fact[entity.type]}</dt>
        <dd>
          <strong>{own}</strong> {other && <span>{other}</span>}
          {entity.description && <p lang="en">{entity.description}</p>}
          {isFilter(entity.type) && (
            <a href={address(filtered(view.language, { [entity.type]: [entity.entity_id] }))}>{words.studiesWith}</a>
          )}
        </dd>
      </dl>
    );
  }
  if (fact.kind === "term") {
    const { zh, en, abbreviation } = fact.term;
    return (
      <dl>
        <dt>{words.fact.term}</dt>
        <dd>
          <strong lang="zh-Hans">{zh}</strong> {en && <strong lang="en">{en}</strong>}{" "}
          {abbreviation && <span>{abbreviation}</span>}
        </dd>
      </dl>
    );
  }
  if (fact.kind === "equation") {
    return (
      <dl>
        <dt>{words.fact.equation}</dt>
        <dd>
          <code>{fact.equation.latex}</code>
        </dd>
      </dl>
    );
  }
  if (fact.kind === "correction") {
    return (
      <dl>
        <dt>{words.fact.correction}</dt>
        <dd>
          <del lang="zh-Hans">{visible(fact.original)}</del> → <ins lang="zh-Hans">{visible(fact.corrected)}</ins>
          {fact.note && <p lang="en">{fact.note}</p>}
        </dd>
      </dl>
    );
  }
  return <OneQuantity quantity={fact.quantity} />;
}

function OneQuantity({ quantity }: { quantity: Quantity }) {
  const { view, words } = useView();
  const { property, dimension, unit, unit_note, unit_si } = quantity;
  const printed = measured(
    quantity.comparator,
    quantity.value,
    quantity.lower,
    quantity.upper,
    quantity.uncertainty,
    unit,
  );
  const inSi = measured(
    quantity.comparator,
    quantity.value_si,
    quantity.lower_si,
    quantity.upper_si,
    quantity.uncertainty_si,
    unit_si,
    SI_DIGITS,
  );
  return (
    <dl>
      <dt>{words.fact.quantity}</dt>
      <dd>
        <strong>{printed}</strong> {unit_note && <span lang="zh-Hans">{unit_note}</span>}
        <dl class="parts">
          {property && (
            <>
              <dt>{title(view.language, "quantities", "property")}</dt>
              <dd lang="zh-Hans">{property}</dd>
            </>
          )}
          {dimension && (
            <>
              <dt>{title(view.language, "quantities", "dimension")}</dt>
              <dd>{dimensionName(dimension, view.language)}</dd>
            </>
          )}
          {unit !== unit_si && inSi && (
            <>
              <dt>{words.inSi}</dt>
              <dd>{inSi}</dd>
            </>
          )}
        </dl>
      </dd>
    </dl>
  );
}

/** A value is told as the document has it; one in SI is computed, and so many of its digits are worth telling. */
const ALL_DIGITS = 15;
const SI_DIGITS = 6;

/** `≥ 3 mm/yr`, `10–25 mm/yr`, `59 ± 17 %`. */
export function measured(
  comparator: string,
  value: number | null,
  lower: number | null,
  upper: number | null,
  uncertainty: number | null,
  unit: string | null,
  digits = ALL_DIGITS,
): string {
  const numeral = (each: number | null): string => written(each, digits);
  const said = unit === null || unit === "1" ? "" : ` ${unitName(unit)}`;
  if (value === null && lower === null && upper === null) return "";
  if (value === null) return `${numeral(lower)}–${numeral(upper)}${said}`;
  const sign = ["=", "±", "range"].includes(comparator) ? "" : `${comparator} `;
  return `${sign}${numeral(value)}${uncertainty === null ? "" : ` ± ${numeral(uncertainty)}`}${said}`;
}

function written(value: number | null, maximumSignificantDigits: number): string {
  if (value === null) return "…";
  const large = Math.abs(value) >= 1e7 || (value !== 0 && Math.abs(value) < 1e-3);
  if (!large) return value.toLocaleString("en", { maximumSignificantDigits });
  const [digits = "", power = ""] = Number(value.toPrecision(maximumSignificantDigits)).toExponential().split("e");
  return `${digits} × ${powerOfTen(Number(power))}`;
}

function inTip(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(".tip") !== null;
}

function isFilter(type: string): type is Filter {
  return (FILTERS as readonly string[]).includes(type);
}
