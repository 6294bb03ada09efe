-- Which depths do the studies give?
-- In kilometres, deepest first. A length is a depth where the words before it (`property`) or right after it say so.
SELECT DISTINCT
    round(coalesce(lower_si, value_si) / 1000, 3) AS from_km,
    round(coalesce(upper_si, value_si) / 1000, 3) AS to_km,
    surface AS printed,
    coalesce(title_en, title_zh) AS study
FROM 'dataset/parquet/quantities.parquet' q
JOIN 'dataset/parquet/passages.parquet' p USING (passage_id)
JOIN 'dataset/parquet/studies.parquet' s USING (study_id)
WHERE unit_si = 'm'
    AND (regexp_matches(property, '深度$|[深浅][源层部]') OR regexp_matches(p.text[q."end" + 1:], '^ ?[水等]?深'))
ORDER BY from_km DESC, to_km DESC, printed, study
