import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { AgeChart } from "./AgeChart";
import { ages, profiles } from "./filters";
import { PairMatrix, YearMatrix } from "./matrices";
import { QuantityChart } from "./QuantityChart";
import type { Study } from "./rows";
import { useLoaded, useView } from "./state";
import { table } from "./tables";

/** Four charts; each mark leads to the studies that it counts. */
export function Charts({ studies }: { studies: Study[] }) {
  const { words } = useView();
  const read = useLoaded(
    () => Promise.all([table("mentions"), table("entities"), table("quantities"), table("passages")]),
    "charts",
  );
  const known = useMemo(() => profiles(studies, read?.[0], read?.[1]), [studies, read]);
  return (
    <div class="charts">
      <h1 tabIndex={-1} class="hidden">
        {words.charts}
      </h1>
      <Chart title={words.chartYears} note={words.chartYearsNote}>
        <YearMatrix profiles={known} />
      </Chart>
      {read ? (
        <>
          <Chart title={words.chartQuantities} note={words.chartQuantitiesNote}>
            <QuantityChart quantities={read[2]} />
          </Chart>
          <Chart title={words.chartAges} note={words.chartAgesNote}>
            <AgeChart ages={ages(read[2], read[3])} studies={studies} />
          </Chart>
          <Chart title={words.chartMatrix} note={words.chartMatrixNote}>
            <PairMatrix profiles={known} entities={read[1]} />
          </Chart>
        </>
      ) : (
        <p class="loading" role="status">
          {words.loading}
        </p>
      )}
    </div>
  );
}

function Chart({ title, note, children }: { title: string; note: string; children: ComponentChildren }) {
  return (
    <figure>
      <figcaption>
        <h2>{title}</h2>
        <p>{note}</p>
      </figcaption>
      <div class="chart">{children}</div>
    </figure>
  );
}
