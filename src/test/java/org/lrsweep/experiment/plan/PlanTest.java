package org.lrsweep.experiment.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lrsweep.config.ConfigLoader;
import org.lrsweep.config.InvalidConfigException;
import org.lrsweep.experiment.command.ConfigFiles;
import org.lrsweep.schedule.LrRange;
import org.lrsweep.sweep.Trial;
import org.lrsweep.sweep.TrialPolicy;
import org.lrsweep.sweep.TrialRange;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

class PlanTest {
  private static final int CLASSES = 10;

  private static Plan plan(String... settings) {
    List<String> all = new ArrayList<>(List.of("model.network=small-cnn"));
    all.addAll(List.of(settings));
    return new Plan(ConfigLoader.load("", "test", all));
  }

  /** Bytes of one number for each parameter. */
  private static long numbers() {
    return 4 * plan().networks().network(1, CLASSES).parameters();
  }

  @Test
  void anOutputHoldsAModelForEachTrialAndTheCheckpoints() {
    // Four step sizes, two models each. Three checkpoints of the range test, each a state; three of
    // a trial, each three states. Momentum keeps one number for each parameter, beside the
    // parameter.
    long state = 2 * numbers();

    assertThat(new Requirements(plan(), "run").outputBytes(CLASSES))
        .isEqualTo(state * (3 + 2 * 4 + 3 * 3));
    assertThat(new Requirements(plan(), "find").outputBytes(CLASSES)).isEqualTo(state * 3);
    assertThat(new Requirements(plan(), "sweep").outputBytes(CLASSES))
        .isEqualTo(state * (2 * 4 + 3 * 3));
  }

  /** Beside a state of two numbers: a mean and five snapshots, stored and in the checkpoints. */
  @Test
  void averagesAndSnapshotsNeedRoomToo() {
    assertThat(
            new Requirements(plan("sweep.average=swa", "sweep.snapshots=true"), "sweep")
                .outputBytes(CLASSES))
        .isEqualTo(2 * numbers() * ((2 + 6) * 4 + 3 * 3) + numbers() * 3 * 6);
    assertThatThrownBy(() -> plan("sweep.average=mean"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("sweep.average: must be one of none, swa, ema, found mean");
  }

  @Test
  void adamKeepsTwoNumbersForEachParameter() {
    assertThat(new Requirements(plan("optimizer.type=adam"), "run").outputBytes(CLASSES))
        .isEqualTo(3 * numbers() * (3 + 2 * 4 + 3 * 3));
  }

  @Test
  void everyRangeHasTrialsAndEveryTrialAtWorkCheckpoints() {
    // (2 methods + 2 configured ranges) x 4 step sizes = 16 trials, 5 of them at once.
    Plan plan =
        plan(
            "sweep.range-methods=[descent, valley]",
            "sweep.base-lrs=[0.001]",
            "sweep.max-lrs=[0.01, 0.1]",
            "sweep.parallel-trials=5",
            "finder.repeats=2");

    assertThat(new Requirements(plan, "run").outputBytes(CLASSES))
        .isEqualTo(2 * numbers() * (2 * 3 + 2 * 16 + 5 * 9));
  }

  @Test
  void checkpointsThatStayAreAllThere() {
    assertThat(new Requirements(plan("checkpoint.keep=true"), "run").outputBytes(CLASSES))
        .isEqualTo(2 * numbers() * (3 + 2 * 4 + 4 * 9));
  }

  @Test
  void constantRatesHaveNoStepSize() {
    // Two ranges: 2 x 4 triangular trials, and a constant one for each upper bound.
    Plan plan =
        plan(
            "sweep.policies=[triangular, constant]",
            "sweep.base-lrs=[0.001]",
            "sweep.max-lrs=[0.01, 0.1]");

    assertThat(new Requirements(plan, "sweep").outputBytes(CLASSES))
        .isEqualTo(2 * numbers() * (2 * (8 + 2) + 9));
  }

  @Test
  void theRangesOfMethodsAndOfTheConfigurationAddUpToTasks() {
    // (1 method + 2 configured) x 4 step sizes x 2 seeds x 2 workers.
    Plan plan =
        plan(
            "sweep.range-methods=[descent]",
            "sweep.base-lrs=[0.001]",
            "sweep.max-lrs=[0.01, 0.1]",
            "sweep.seeds=[1, 2]",
            "sweep.workers-per-trial=2");

    assertThat(new Requirements(plan, "run").workload().tasks()).isEqualTo(3 * 4 * 2 * 2);
    assertThat(new Requirements(plan("sweep.parallel-trials=2"), "run").workload().tasks())
        .isEqualTo(2);
    assertThat(
            new Requirements(plan("sweep.parallel-trials=1", "finder.repeats=3"), "run")
                .workload()
                .tasks())
        .as("three range tests of two workers")
        .isEqualTo(6);
  }

  @Test
  void aSweepIsAskedForItsTrialsAlone() {
    Plan plan = plan("finder.repeats=3", "sweep.workers-per-trial=2");

    assertThat(new Requirements(plan, "sweep").workload().tasks()).isEqualTo(4 * 2);
    assertThat(new Requirements(plan, "sweep", 1).workload().tasks()).isEqualTo(2);
    assertThat(new Requirements(plan, "sweep", 1).outputBytes(CLASSES))
        .isEqualTo(2 * numbers() * (2 + 9));
    assertThat(new Requirements(plan, "find").workload().tasks()).isEqualTo(3 * 2);
    TrialRange given = TrialRange.given(new LrRange(0.001, 0.01));
    assertThat(Requirements.ofSweep(plan, List.of(given)).trials()).isEqualTo(4);
  }

  @Test
  void memoryFollowsThePrecisionThatIsSure() {
    long floats = new Requirements(plan(), "run").workload().activations();

    assertThat(new Requirements(plan("training.precision=auto"), "run").workload().activations())
        .isEqualTo(floats);
    // Of MiniGoogLeNet all but some tens of outputs are images.
    assertThat(
            (double)
                    new Requirements(plan("training.precision=bfloat16"), "run")
                        .workload()
                        .activations()
                / floats)
        .isCloseTo(0.75, within(0.001));
  }

  @Test
  void theFastExperimentIsOneTrialOfTwelveEpochs() {
    Plan plan =
        new Plan(ConfigLoader.load(ConfigFiles.named("conf/fashion-mnist-fast.conf"), List.of()));

    assertThat(plan.sweep().grid(List.of(TrialRange.given(new LrRange(1e-5, 1e-2)))).trials(60_000))
        .extracting(Trial::policy, Trial::epochs, Trial::steps)
        .containsExactly(tuple(TrialPolicy.ONE_CYCLE, 12, 12L * 937));
  }

  @Test
  void aOneCycleWithoutRoomForItsWaysIsRefused() {
    assertThatThrownBy(
            () ->
                plan(
                    "sweep.policies=[one_cycle]",
                    "sweep.one-cycle.final-annealing=after_descent",
                    "sweep.one-cycle.up-fraction=0.6"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith(
            "sweep.one-cycle.up-fraction: upFraction * steps must be > 1 and leave room");
    assertThatThrownBy(() -> plan("sweep.policies=[one_cycle]", "sweep.one-cycle.annealing=square"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("sweep.one-cycle.annealing: must be one of linear, cosine, found square");
  }

  /** Word number 3 as 3 / 255 is none. */
  @Test
  void numbersOfWordsAreNotScaled(@TempDir Path folder) throws Exception {
    Path network =
        Files.writeString(
            folder.resolve("words.json"),
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new EmbeddingSequenceLayer.Builder().nIn(20).nOut(4).inputLength(6).build())
                .layer(new GlobalPoolingLayer.Builder().build())
                .layer(
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .activation(Activation.SOFTMAX)
                        .nIn(4)
                        .nOut(2)
                        .build())
                .build()
                .toJson());
    String[] words = {
      "data.dataset=csv",
      "data.train=" + folder,
      "data.validation=0.1",
      "model.network=" + network,
      "data.scaling=unit"
    };

    assertThatThrownBy(() -> plan(words))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageMatching(
            "data.scaling must be none, since the layer \\S+ of model.network takes its input for"
                + " numbers of words, found unit");
    words[4] = "data.scaling=none";
    assertThat(plan(words).readsOwnData()).isTrue();
  }

  @Test
  void aNameThatNothingAnswersToIsRefusedWithItsKey() {
    assertThatThrownBy(() -> plan("sweep.policies=[saw]"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith("sweep.policies: policy must be one of triangular");
  }
}
