-- Which ages do the studies report?
-- Ga, Ma and ka are ages; Gyr, Myr and kyr are mostly durations. A line is a range.
SELECT DISTINCT
    coalesce(title_en, study_id) AS study,
    round(coalesce(lower_si, value_si) / 31557600 / 1e6, 6) AS youngest_myr,
    round(coalesce(upper_si, value_si) / 31557600 / 1e6, 6) AS oldest_myr,
    regexp_matches(surface, '[GMk]a') OR starts_with(ltrim(p.text[q."end" + 1:]), '前') AS is_age
FROM 'dataset/parquet/quantities.parquet' q
JOIN 'dataset/parquet/passages.parquet' p USING (passage_id)
JOIN 'dataset/parquet/studies.parquet' USING (study_id)
WHERE unit IN ('Gyr', 'Myr', 'kyr') AND coalesce(upper_si, value_si) > 0
ORDER BY study, oldest_myr, youngest_myr, is_age
