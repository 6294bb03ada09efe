-- What does SSE stand for?
-- The glossary has an entry for each wording that the documents print.
SELECT
    abbreviation,
    zh,
    string_agg(DISTINCT en, ', ' ORDER BY en) AS en,
    count(*) AS places,
    count(DISTINCT study_id) AS studies
FROM 'dataset/parquet/terms.parquet'
JOIN 'dataset/parquet/passages.parquet' USING (passage_id)
WHERE abbreviation = 'SSE'
GROUP BY abbreviation, zh
ORDER BY places DESC, zh
