-- Which datasets and methods are mentioned most?
-- The twenty most mentioned, with the number of studies that mention them.
SELECT name, type, count(*) AS mentions, count(DISTINCT study_id) AS studies
FROM 'dataset/parquet/mentions.parquet'
JOIN 'dataset/parquet/entities.parquet' USING (entity_id)
JOIN 'dataset/parquet/passages.parquet' USING (passage_id)
WHERE type IN ('dataset', 'method')
GROUP BY name, type
ORDER BY mentions DESC, studies DESC, name
LIMIT 20
