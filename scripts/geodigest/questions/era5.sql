-- Which studies use ERA5, and what did they find?
-- The findings are the first three headings of a study's conclusions, or of a digest's running text.
SELECT
    coalesce(title_en, title_zh) AS study,
    array_to_string(list(text ORDER BY p.position)[1:3], '; ') AS findings
FROM 'dataset/parquet/studies.parquet' s
LEFT JOIN 'dataset/parquet/passages.parquet' p
    ON p.study_id = s.study_id AND facet IN ('conclusions', 'body') AND depth = 1 AND number IS NOT NULL
WHERE s.study_id IN (
    SELECT study_id
    FROM 'dataset/parquet/mentions.parquet'
    JOIN 'dataset/parquet/passages.parquet' USING (passage_id)
    WHERE entity_id = 'era5'
)
GROUP BY s.study_id, study
ORDER BY s.study_id
