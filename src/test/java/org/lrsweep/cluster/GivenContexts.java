package org.lrsweep.cluster;

import java.io.FilterWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.lrsweep.cli.LrSweep;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.experiment.Experiment;
import org.lrsweep.experiment.request.RunChoice;
import org.lrsweep.network.GivenNetwork;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.network.TrainingState;
import org.lrsweep.testing.ArrayExamples;
import org.lrsweep.testing.TestNetworks;
import org.lrsweep.training.Round;
import org.lrsweep.training.examples.WantedLabels;
import org.lrsweep.training.spark.DividedExamples;
import org.lrsweep.training.spark.SparkEngine;
import org.lrsweep.training.spark.TrainingRun;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Nesterovs;

/**
 * A program that has Spark contexts of its own, one after the other, and trains on each. What it
 * finds it writes to standard output; the experiments' tables to folders.
 */
final class GivenContexts {
  static final String ID = "given";

  private GivenContexts() {}

  /** Takes the folder of all outputs. */
  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    on(conf(JavaSerializer.class, "fast"), folder.resolve("java"));
    on(conf(KryoSerializer.class, "fast"), folder.resolve("kryo-fast"));
    on(conf(KryoSerializer.class, "plain"), folder.resolve("kryo-plain"));
    refused(
        conf(KryoSerializer.class, "fast").set("spark.kryo.registrationRequired", "true"),
        folder.resolve("refused"));
    shared(folder.resolve("shared"));
    ending(folder.resolve("ending"));
    notebook(folder.resolve("notebook"));
  }

  private static SparkConf conf(Class<?> serializer, String transport) {
    return new SparkConf()
        .setMaster("local[2]")
        .setAppName("the caller's")
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.sql.shuffle.partitions", "2")
        .set("spark.serializer", serializer.getName())
        .set("spark.lrsweep.transport", transport);
  }

  private static void on(SparkConf conf, Path output) {
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
      if (conf.get("spark.lrsweep.transport").equals("fast")) {
        // The context has no session yet, and no property of the system names a master.
        named(output.resolve("named")).printingTo(out).run();
      }
      ownData(spark, output.resolve("own"));
      say("library " + output.getFileName(), Arrays.hashCode(library(spark).parameters()));
      say("open " + output.getFileName(), !spark.sc().isStopped());
    }
  }

  private static Experiment named(Path output) {
    return Experiment.of(
            ConfigLoader.load(
                """
                lrsweep {
                  batch-size = 16
                  data { dataset = generated-garments, train-examples = 256, test-examples = 64 }
                  model.network = small-cnn
                  finder { workers = 2, method = minimum, epochs = 4 }
                  sweep { step-sizes-epochs = [0.5], workers-per-trial = 2, epochs = 1 }
                }
                """,
                "test",
                List.of("output=" + output)))
        .withRun(RunChoice.named(ID));
  }

  /** A table whose groups are divided and standardized on the executors. */
  private static void ownData(JavaSparkContext spark, Path output) {
    SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
    session
        .read()
        .option("header", true)
        .option("inferSchema", true)
        .csv("conf/examples/data/spirals.csv")
        .withColumn("place", functions.expr("cast(10 * x as int)"))
        .createOrReplaceTempView("measured");
    Experiment.of(
            ConfigLoader.load(
                """
                lrsweep {
                  batch-size = 16
                  data { dataset = table, train = measured, label = arm, features = [x, y] }
                  data { scaling = standardize, group = place, validation = 0.2, test = 0.2 }
                  model.network = "conf/examples/data/mlp.json"
                  finder { workers = 2, method = minimum, epochs = 4 }
                  sweep { step-sizes-epochs = [0.5], workers-per-trial = 2, epochs = 1 }
                }
                """,
                "test",
                List.of("output=" + output)))
        .withRun(RunChoice.named(ID))
        .on(spark)
        .run();
  }

  /** Rounds of two workers on a user's data sets. */
  private static TrainingState library(JavaSparkContext spark) {
    ArrayExamples all = ArrayExamples.random(96, 1);
    JavaRDD<DataSet> sets =
        spark
            .parallelize(IntStream.range(0, all.size()).boxed().toList(), 3)
            .map(i -> all.minibatch(0, i, 1));
    ComputationGraph graph = NetworkSpec.of(TestNetworks.dense(new Nesterovs(1, 0.9))).build();
    GivenNetwork network = GivenNetwork.of(graph);
    try (DividedExamples divided = new DividedExamples(sets, WantedLabels.of(network), 2);
        SparkEngine engine =
            new SparkEngine(
                spark, NetworkSpec.of(graph.getConfiguration()), divided.training(5), 3);
        TrainingRun run = engine.start(TrainingState.of(graph))) {
      for (int step = 0; step < 8; step += 2) {
        run.train(new Round(0, step, 12, new double[] {0.1, 0.05}));
      }
      return run.state();
    }
  }

  private static void refused(SparkConf conf, Path output) {
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      named(output).on(spark).run();
    } catch (RuntimeException e) {
      say("refused", e.getMessage());
    }
  }

  /** An experiment that begins and ends while another one trains on a context of its own. */
  private static void shared(Path output) {
    List<String> started = List.of("spark.master", "spark.ui.enabled", "spark.driver.host");
    SparkConf conf = conf(JavaSerializer.class, "fast");
    started.forEach(property -> System.setProperty(property, conf.get(property)));
    Experiment second = named(output.resolve("second"));
    Runnable inside =
        () -> {
          second.run();
          say("between", PresentContext.isThere());
        };
    named(output.resolve("first")).printingTo(onceThereIsAContext(inside)).run();
    say("after both", PresentContext.isThere());
    started.forEach(System::clearProperty);
  }

  private static PrintWriter onceThereIsAContext(Runnable inside) {
    AtomicBoolean isDone = new AtomicBoolean();
    return new PrintWriter(
        new FilterWriter(Writer.nullWriter()) {
          @Override
          public void write(String text, int from, int length) {
            if (PresentContext.isThere() && isDone.compareAndSet(false, true)) {
              inside.run();
            }
          }
        });
  }

  /** A command whose context somebody ends when its first job begins. */
  private static void ending(Path output) {
    JavaSparkContext spark = new JavaSparkContext(conf(JavaSerializer.class, "fast"));
    Thread end = new Thread(spark::stop, "end");
    spark
        .sc()
        .addSparkListener(
            new SparkListener() {
              @Override
              public void onJobStart(SparkListenerJobStart job) {
                if (end.getState() == Thread.State.NEW) {
                  end.start();
                }
              }
            });
    say("find at the end", find(output));
    say("after the end", PresentContext.isThere());
  }

  /** A command on a session that is there, as in a notebook. */
  private static void notebook(Path output) {
    SparkSession session =
        SparkSession.builder().config(conf(JavaSerializer.class, "fast")).getOrCreate();
    say("find", find(output));
    say("find of nothing", command("find", "--config", "none.conf"));
    say("open notebook", !session.sparkContext().isStopped());
    session.stop();
  }

  private static String find(Path output) {
    List<String> command = new ArrayList<>(List.of("find", "--config", "conf/quickstart.conf"));
    for (String setting :
        List.of(
            "output=" + output,
            "data.dataset=generated-garments",
            "data.train-examples=256",
            "data.test-examples=64",
            "batch-size=16",
            "finder.epochs=4",
            "finder.method=minimum")) {
      command.addAll(List.of("--set", setting));
    }
    return command(command.toArray(String[]::new));
  }

  private static String command(String... command) {
    try {
      LrSweep.main(command);
      return "ended well";
    } catch (Exception e) { // of main
      return e.getMessage();
    }
  }

  private static void say(String what, Object found) {
    System.out.println("SAID " + what + ": " + found);
  }
}
