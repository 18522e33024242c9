package org.lrsweep.schedule.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lrsweep.schedule.AmplitudeScale;
import org.lrsweep.schedule.Annealing;
import org.lrsweep.schedule.CosineRestarts;
import org.lrsweep.schedule.CustomCycle;
import org.lrsweep.schedule.CycledMomentum;
import org.lrsweep.schedule.CyclicPolicy;
import org.lrsweep.schedule.CyclicalSchedule;
import org.lrsweep.schedule.DecayedSchedule;
import org.lrsweep.schedule.ExponentialSweep;
import org.lrsweep.schedule.FixedSchedule;
import org.lrsweep.schedule.LinearDecay;
import org.lrsweep.schedule.LinearSweep;
import org.lrsweep.schedule.NamedScale;
import org.lrsweep.schedule.OneCycleSchedule;
import org.lrsweep.schedule.PolicyScale;
import org.lrsweep.schedule.Schedule;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;

class Dl4jSchedulesTest {

  private static final CyclicalSchedule TRIANGULAR =
      new CyclicalSchedule(CyclicPolicy.TRIANGULAR, 1e-5, 1e-2, 10, 1.0);

  static List<Schedule> schedules() {
    return List.of(
        TRIANGULAR,
        new FixedSchedule(0.1),
        new ExponentialSweep(1e-10, 10, 2814),
        new LinearSweep(1e-3, 1, 100),
        new CosineRestarts(1e-5, 1e-2, 10, 2),
        new LinearDecay(0.1, 100),
        new DecayedSchedule(TRIANGULAR, 0.999),
        new CycledMomentum(TRIANGULAR, 0.8, 0.9),
        new CustomCycle(0.1, 1, 2, 3, new PolicyScale(CyclicPolicy.EXP_RANGE, 0.99)),
        new CustomCycle(0.1, 1, 2, 3, new NamedScale(OneOverCycle.class.getName())),
        new OneCycleSchedule(
            0.1,
            1,
            0.01,
            100,
            0.3,
            Annealing.COSINE,
            OneCycleSchedule.FinalAnnealing.AFTER_DESCENT));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void areKeptInAModelsJson(Schedule schedule) {
    MultiLayerConfiguration configuration =
        configuration(new Sgd(new LearningRateSchedule(schedule)));

    MultiLayerConfiguration copy = MultiLayerConfiguration.fromJson(configuration.toJson());

    assertThat(copy).isEqualTo(configuration);
    Sgd updater = (Sgd) ((BaseLayer) copy.getConf(0).getLayer()).getIUpdater();
    assertThat(updater.getLearningRateSchedule()).isEqualTo(new LearningRateSchedule(schedule));
    assertThat(updater.getLearningRateSchedule().hashCode())
        .isEqualTo(new LearningRateSchedule(schedule).hashCode());
    assertThat(updater.getLearningRate(7, 0)).isEqualTo(schedule.learningRate(7));
  }

  @Test
  void driveTrainingAndSurviveASavedModel(@TempDir Path folder) throws Exception {
    Schedule schedule = new CycledMomentum(TRIANGULAR, 0.8, 0.9);
    Nesterovs updater =
        Nesterovs.builder()
            .learningRateSchedule(new LearningRateSchedule(schedule))
            .momentumISchedule(new MomentumSchedule(schedule))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(configuration(updater));
    network.init();
    DataSet batch = new DataSet(Nd4j.ones(1, 3), Nd4j.createFromArray(new float[][] {{0, 1}}));
    for (int step = 0; step < 4; step++) {
      network.fit(batch);
    }
    Path file = folder.resolve("model.zip");
    ModelSerializer.writeModel(network, file.toFile(), true);

    MultiLayerNetwork restored = ModelSerializer.restoreMultiLayerNetwork(file.toFile());

    assertThat(restored.getIterationCount()).isEqualTo(4);
    assertThat(restored.getLearningRate(0)).isCloseTo(schedule.learningRate(4), within(1e-15));
    Nesterovs restoredUpdater =
        (Nesterovs)
            ((BaseLayer) restored.getLayerWiseConfigurations().getConf(0).getLayer()).getIUpdater();
    assertThat(restoredUpdater.getMomentumISchedule()).isEqualTo(new MomentumSchedule(schedule));
    network.fit(batch);
    restored.fit(batch);
    assertThat(restored.params()).isEqualTo(network.params());
  }

  @Test
  void theFirstStepUsesTheFirstRate() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            configuration(
                new Sgd(
                    new LearningRateSchedule(
                        new CyclicalSchedule(CyclicPolicy.TRIANGULAR, 0, 1, 1, 1.0)))));
    network.init();
    DataSet batch = new DataSet(Nd4j.ones(1, 3), Nd4j.createFromArray(new float[][] {{0, 1}}));
    float[] before = network.params().toFloatVector();

    network.fit(batch);
    assertThat(network.params().toFloatVector()).isEqualTo(before);
    network.fit(batch);
    assertThat(network.params().toFloatVector()).isNotEqualTo(before);
  }

  @Test
  void aMomentumScheduleNeedsAMomentum() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MomentumSchedule(new FixedSchedule(0.1)))
        .withMessageEndingWith("such as CycledMomentum, found FixedSchedule[lr=0.1]");
  }

  @Test
  void aClassThatAModelNamesIsInitialisedOnlyIfItIsOfTheType() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NamedScale(getClass().getName() + "$NoScale"))
        .withMessageStartingWith("scale must name a public class");
    String json = configuration(new Sgd(new LearningRateSchedule(new FixedSchedule(0.1)))).toJson();
    assertThat(json).contains("org.lrsweep.schedule.FixedSchedule");

    assertThatThrownBy(
            () ->
                MultiLayerConfiguration.fromJson(
                    json.replace(
                        "org.lrsweep.schedule.FixedSchedule", getClass().getName() + "$NoScale")))
        .hasStackTraceContaining("PolymorphicTypeValidator");
    assertThat(System.getProperty(INITIALISED)).isNull();
  }

  private static MultiLayerConfiguration configuration(IUpdater updater) {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(updater)
        .list()
        .layer(new OutputLayer.Builder().nIn(3).nOut(2).build())
        .build();
  }

  /** A user's own scale. */
  public static final class OneOverCycle implements AmplitudeScale {

    private static final long serialVersionUID = 1L;

    @Override
    public double at(long cycle, long step) {
      return 1.0 / cycle;
    }
  }

  private static final String INITIALISED = "org.lrsweep.test.no-scale-is-initialised";

  /** Neither a scale nor a schedule. */
  public static final class NoScale {
    static {
      System.setProperty(INITIALISED, "true");
    }
  }
}
