package org.lrsweep.bench.training;

import org.apache.spark.api.java.JavaSparkContext;
import org.lrsweep.training.EngineRun;

/** What trains rounds. */
public enum RoundsEngine {
  /** This project's round engine. */
  LRSWEEP("lrsweep") {
    @Override
    MeasuredRounds start(JavaSparkContext spark, BenchNetwork network, int workers, int batch) {
      return new OurRounds(spark, network, workers, batch, EngineRun.ROUNDS_AT_ONCE);
    }
  },

  /** The same, with a job of Spark's for each round. */
  LRSWEEP_SINGLE("lrsweep-single") {
    @Override
    MeasuredRounds start(JavaSparkContext spark, BenchNetwork network, int workers, int batch) {
      return new OurRounds(spark, network, workers, batch, 1);
    }
  },

  /**
   * dl4j-spark's ParameterAveragingTrainingMaster as it comes, on stock layers, but for the export
   * of batches to files, whose classes are not in the application jar.
   */
  STOCK("stock") {
    @Override
    MeasuredRounds start(JavaSparkContext spark, BenchNetwork network, int workers, int batch) {
      return StockRounds.withoutExport(spark, network, workers, batch);
    }
  },

  /** The same, told to do nothing but train and average: data in memory and in place. */
  STOCK_LEAN("stock-lean") {
    @Override
    MeasuredRounds start(JavaSparkContext spark, BenchNetwork network, int workers, int batch) {
      return StockRounds.lean(spark, network, workers, batch);
    }
  };

  private final String label;

  RoundsEngine(String label) {
    this.label = label;
  }

  /** The name that tables and JSON use. */
  public String label() {
    return label;
  }

  abstract MeasuredRounds start(
      JavaSparkContext spark, BenchNetwork network, int workers, int batch);
}
