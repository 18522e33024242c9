package org.lrsweep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {

  private static ExperimentConfig load(String text, String... settings) {
    return ConfigLoader.load(text, "my.conf", List.of(settings));
  }

  @Test
  void defaultsAreTheTutorialsConstants() {
    ExperimentConfig config = load("");

    assertThat(config.batchSize()).isEqualTo(64);
    assertThat(config.network()).isEqualTo("minigooglenet");
    assertThat(config.optimizer().type()).isEqualTo("momentum");
    assertThat(config.optimizer().momentum()).isEqualTo(0.9);
    assertThat(config.finder().startLr()).isEqualTo(1e-10);
    assertThat(config.finder().endLr()).isEqualTo(1e1);
    assertThat(config.finder().beta()).isEqualTo(0.98);
    assertThat(config.finder().stopFactor()).isEqualTo(4);
    assertThat(config.finder().epochs(938)).isEqualTo(3);
    assertThat(config.sweep().stepSizesEpochs()).containsExactly(2.0, 4.0, 6.0, 8.0);
    assertThat(config.sweep().epochs()).isEqualTo(48);
    assertThat(config.data().imageSize()).isEqualTo(32);
    assertThat(config.data().shift()).isEqualTo(0.1);
    assertThat(config.data().horizontalFlip()).isTrue();
  }

  @Test
  void theTutorialsFileIsTheDefaultsWithTheRealDataSet() throws IOException {
    ExperimentConfig tutorial = load(Files.readString(Path.of("conf/fashion-mnist.conf")));

    assertThat(tutorial.finder()).isEqualTo(load("").finder());
    assertThat(tutorial.sweep()).isEqualTo(load("").sweep());
    assertThat(tutorial.data().dataset()).isEqualTo("fashion-mnist");
  }

  @Test
  void aLaterSettingWinsOverAnEarlierOneAndOverTheFile() {
    ExperimentConfig config =
        load("lrsweep.sweep.epochs = 5", "sweep.epochs=6", "lrsweep.sweep.epochs=7");

    assertThat(config.sweep().epochs()).isEqualTo(7);
    assertThat(config.json()).contains("\"epochs\":7");
  }

  @Test
  void trialsTakeTheExperimentsSeedUnlessTheyHaveTheirOwn() {
    assertThat(load("lrsweep.seed = 7").sweep().seeds()).containsExactly(7L);
    assertThat(load("lrsweep.sweep.seeds = [1, 2]").sweep().seeds()).containsExactly(1L, 2L);
  }

  @ParameterizedTest
  @CsvSource({
    "lrsweep.finder.end-rl = 1,        lrsweep.finder.end-rl, lrsweep.finder.end-lr",
    "lrsweep.batchsize = 1,            lrsweep.batchsize,     lrsweep.batch-size",
    "lrsweep.epochs = 1,               lrsweep.epochs,        epochs",
    "lrsweep.data.agumentation = {},   lrsweep.data.agumentation, lrsweep.data.augmentation",
  })
  void anUnknownKeyIsRefusedByNameWithTheNearestKnownOne(String text, String key, String hint) {
    assertThatThrownBy(() -> load(text))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("my.conf")
        .hasMessageContaining("unknown key '" + key + "'")
        .hasMessageContaining("did you mean")
        .hasMessageContaining(hint);
  }

  @Test
  void anUnknownKeyWithNothingNearItPointsToTheReference() {
    assertThatThrownBy(() -> load("lrsweep.zzzzzzzzzzzz = 1"))
        .hasMessageContaining("reference.conf lists every key");
    assertThatThrownBy(() -> load("finder.end-lr = 1"))
        .hasMessageContaining("unknown key 'finder'")
        .hasMessageContaining("under 'lrsweep { }'");
    assertThatThrownBy(() -> load("", "finder.end=1")).hasMessageContaining("--set: unknown key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "finder.end-lr=1e-11 | finder.end-lr must be > finder.start-lr (1.0E-10), found 1.0E-11",
        "finder.start-lr=0 | finder.start-lr must be > 0, found 0.0",
        "finder.beta=1 | finder.beta must be >= 0 and < 1, found 1.0",
        "finder.stop-factor=1 | finder.stop-factor must be > 1, found 1.0",
        "finder.workers=3 | finder.workers must be a divisor of batch-size (64), found 3",
        "sweep.workers-per-trial=7 | sweep.workers-per-trial must be a divisor of batch-size (64)",
        "finder.workers=0 | finder.workers must be >= 1, found 0",
        "batch-size=0 | batch-size must be >= 1, found 0",
        "sweep.epochs=0 | sweep.epochs must be >= 1, found 0",
        "sweep.step-sizes-epochs=[] | sweep.step-sizes-epochs must be a list of at least one",
        "sweep.step-sizes-epochs=[2,-1] | sweep.step-sizes-epochs must be a list",
        "sweep.base-lrs=[0.1] | sweep.base-lrs and sweep.max-lrs must be given both or neither",
        "sweep.max-lrs=[0.1] | sweep.base-lrs and sweep.max-lrs must be given both or neither",
        "sweep.range-methods=[valley,valley] | must be a list in which no method is twice",
        "sweep.gamma=0 | sweep.gamma must be > 0 and <= 1, found 0.0",
        "data.augmentation.shift=0.5 | data.augmentation.shift must be >= 0 and < 0.5, found 0.5",
        "data.train-examples=0 | data.train-examples must be >= 1, found 0",
        "data.image-size=4 | data.image-size must be >= 8 and <= 512, found 4",
        "sweep.epochs=1.9 | sweep.epochs must be a whole number, found 1.9",
        "optimizer.momentum=1 | optimizer.momentum must be >= 0 and < 1, found 1.0",
      })
  void aValueOutOfRangeIsRefusedWithKeyRangeAndValue(String setting, String message) {
    assertThatThrownBy(() -> load("", setting))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void constantRatesNeedNoLowerBound() {
    SweepConfig sweep = load("", "sweep.policies=[constant]", "sweep.max-lrs=[0.01, 0.1]").sweep();

    assertThat(sweep.maxLrs()).containsExactly(0.01, 0.1);
    assertThat(sweep.baseLrs()).isEmpty();
    assertThatThrownBy(() -> load("", "sweep.policies=[constant]", "sweep.max-lrs=[-1]"))
        .hasMessage("sweep.max-lrs must be > 0 and finite, found -1.0");
  }

  @Test
  void boundsInTheWrongOrderAreRefused() {
    assertThatThrownBy(() -> load("", "sweep.base-lrs=[0.01]", "sweep.max-lrs=[0.001]"))
        .hasMessageContaining("sweep.max-lrs must be > every sweep.base-lrs (0.01), found 0.001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lrsweep { finder {",
        "lrsweep.batch-size = many",
        "lrsweep.finder = 3",
        "lrsweep.seed = { a = 1 }",
        "lrsweep = 4",
        "lrsweep.seed = null",
        "lrsweep.output = ${nowhere}",
      })
  void textThatIsNotAnExperimentIsRefusedWithTheFilesName(String text) {
    assertThatThrownBy(() -> load(text))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("my.conf");
  }

  @Test
  void aUriNeedsNoQuotesInASetting() {
    ExperimentConfig config =
        load("", "output=hdfs://name:8020/user/me", "data.directory=s3a://b/c");

    assertThat(config.output()).isEqualTo("hdfs://name:8020/user/me");
    assertThat(config.data().directory()).contains("s3a://b/c");
    assertThat(load("", "output=/a//b#c").output()).isEqualTo("/a//b#c");
  }

  @Test
  void aSettingWithoutAValueIsRefused() {
    assertThatThrownBy(() -> load("", "sweep.epochs"))
        .hasMessageContaining("--set needs key=value")
        .hasMessageContaining("sweep.epochs");
  }
}
