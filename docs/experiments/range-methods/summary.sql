-- Mean test accuracy by case and arm, over the seeds: duckdb -c ".read summary.sql" in the output
-- folder of run.sh. An arm is a range method, the tutorial's range, or a fixed rate.
WITH arms AS (
  SELECT
    split_part(t.run_id, '-', 1) AS optimizer,
    t.batch_size,
    t.seed,
    CASE
      WHEN t.policy = 'constant' THEN 'fixed ' || t.max_lr
      WHEN t.range_method IS NULL THEN 'tutorial, 1e-5 to 1e-2'
      ELSE t.range_method
    END AS arm,
    t.max_lr,
    CASE WHEN t.status = 'COMPLETED' THEN t.final_val_accuracy ELSE 0.1 END AS accuracy
  FROM read_parquet('trials/*/*.parquet', hive_partitioning = true) t
)
SELECT
  optimizer,
  batch_size,
  arm,
  count(*) AS seeds,
  round(100 * avg(accuracy), 2) AS mean_accuracy,
  round(100 * min(accuracy), 2) AS worst,
  round(100 * max(accuracy), 2) AS best,
  string_agg(format('{:.3g}', max_lr), ', ' ORDER BY seed) AS max_lrs,
  round(100 * (avg(accuracy) - max(avg(accuracy)) OVER (PARTITION BY optimizer, batch_size)), 2)
    AS below_the_best
FROM arms
GROUP BY optimizer, batch_size, arm
ORDER BY optimizer DESC, batch_size, mean_accuracy DESC
