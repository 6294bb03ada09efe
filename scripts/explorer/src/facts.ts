import { characters } from "./characters";
import type { Entity, Equation, Mention, Placed, Quantity, Term } from "./rows";

/** What a place of a passage is known to say. */
export type Fact = Placed &
  (
    | { kind: "quantity"; quantity: Quantity }
    | { kind: "term"; term: Term }
    | { kind: "entity"; entity: Entity }
    | { kind: "equation"; equation: Equation }
    | { kind: "correction"; original: string; corrected: string; note: string | null }
  );

/** A stretch of a passage's text and the facts that cover it, the longest first. */
export interface Segment {
  text: string;
  facts: Fact[];
}

/** The facts of each passage. */
export function factsByPassage(
  quantities: Quantity[],
  terms: Term[],
  equations: Equation[],
  mentions: Mention[],
  entities: Entity[],
): Map<string, Fact[]> {
  const known = new Map(entities.map((entity) => [entity.entity_id, entity]));
  const facts: Fact[] = [
    ...equations.map((equation) => ({ ...at(equation), kind: "equation" as const, equation })),
    ...terms.map((term) => ({ ...at(term), kind: "term" as const, term })),
    ...quantities.map((quantity) => ({ ...at(quantity), kind: "quantity" as const, quantity })),
    ...mentions.flatMap((mention) => {
      const entity = known.get(mention.entity_id);
      return entity ? [{ ...at(mention), kind: "entity" as const, entity }] : [];
    }),
  ];
  return Map.groupBy(facts, (fact) => fact.passage_id);
}

/** The text cut where a fact begins or ends. */
export function segments(text: string, facts: Fact[]): Segment[] {
  const points = characters(text);
  const cuts = new Set([0, points.length]);
  for (const fact of facts) cuts.add(Math.min(fact.start, points.length)).add(Math.min(fact.end, points.length));
  const places = [...cuts].sort((a, b) => a - b);
  return places.slice(1).map((end, index) => {
    const start = places[index] ?? 0;
    const covering = facts.filter((fact) => fact.start <= start && end <= fact.end);
    covering.sort((a, b) => b.end - b.start - (a.end - a.start));
    return { text: points.slice(start, end), facts: covering };
  });
}

function at({ passage_id, start, end }: Placed): Placed {
  return { passage_id, start, end };
}
