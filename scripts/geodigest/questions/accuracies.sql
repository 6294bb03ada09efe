-- Which accuracies and R² do the studies report, and for which method?
-- `method` is the one named nearest to the number in its passage, if one is; `heading` is what the passage stands under.
WITH methods AS (
    SELECT m.passage_id, m.start, e.name
    FROM 'dataset/parquet/mentions.parquet' m
    JOIN 'dataset/parquet/entities.parquet' e USING (entity_id)
    WHERE e.type IN ('method', 'model')
)
SELECT
    property AS measure,
    surface AS printed,
    (SELECT first(name ORDER BY abs(m.start - q.start), name) FROM methods m WHERE m.passage_id = q.passage_id) AS method,
    heading.text AS heading,
    coalesce(title_en, title_zh) AS study
FROM 'dataset/parquet/quantities.parquet' q
JOIN 'dataset/parquet/passages.parquet' p USING (passage_id)
JOIN 'dataset/parquet/studies.parquet' s USING (study_id)
LEFT JOIN 'dataset/parquet/passages.parquet' heading ON heading.passage_id = p.parent_id
WHERE unit IN ('1', '%') AND regexp_matches(property, '准确率|精度$|^R[²2]$')
ORDER BY quantity_id
