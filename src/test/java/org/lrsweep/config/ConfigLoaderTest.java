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
import org.lrsweep.testing.TriedInput;

class ConfigLoaderTest {

  private static ExperimentConfig load(String text, String... settings) {
    return ConfigLoader.load(text, "my.conf", List.of(settings));
  }

  @Test
  void defaultsAreTheTutorialsConstants() {
    ExperimentConfig config = load("");

    assertThat(config.batchSize()).isEqualTo(64);
    assertThat(config.model().network()).isEqualTo("minigooglenet");
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
  @TriedInput(
      input = "a mistyped key",
      gets = "unknown key, by name and place, with the nearest known ones")
  void anUnknownKeyIsRefusedByNameWithTheNearestKnownOne(String text, String key, String hint) {
    assertThatThrownBy(() -> load(text))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("my.conf")
        .hasMessageContaining("unknown key '" + key + "'")
        .hasMessageContaining("did you mean")
        .hasMessageContaining(hint);
  }

  @Test
  @TriedInput(
      input = "a key with nothing near it",
      gets = "unknown key, by name and place; reference.conf lists every key")
  void anUnknownKeyWithNothingNearItPointsToTheReference() {
    assertThatThrownBy(() -> load("lrsweep.zzzzzzzzzzzz = 1"))
        .hasMessageContaining("reference.conf lists every key");
    assertThatThrownBy(() -> load("finder.end-lr = 1"))
        .hasMessageContaining("unknown key 'finder'")
        .hasMessageContaining("under 'lrsweep { }'");
    assertThatThrownBy(() -> load("", "finder.end=1"))
        .hasMessageStartingWith("--set finder.end=1: unknown key 'lrsweep.finder.end'");
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
        "finder.confirm-rungs=1 | finder.confirm-rungs must be >= 2, found 1",
        "finder.confirm-epochs=0 | finder.confirm-epochs must be > 0 and <= 1000, found 0.0",
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
        "training.precision=half | training.precision must be one of float, bfloat16, auto, found",
        "optimizer.momentum=1 | optimizer.momentum must be >= 0 and < 1, found 1.0",
      })
  @TriedInput(
      input = "a value out of its range, or of another type",
      gets = "key, range and value: finder.beta must be >= 0 and < 1, found 1.0")
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

  /** Training for an answer that no trial would use is a mistake. */
  @Test
  @TriedInput(
      input = "`finder.confirm` with another method, or where its answer would not be used",
      gets = "what it needs: finder.method must be descent under finder.confirm")
  void refusesAConfirmationThatIsOfNoUse() {
    String on = "finder.confirm=true";

    assertThatThrownBy(() -> load("", on, "finder.method=valley"))
        .hasMessage(
            "finder.method must be descent under finder.confirm, the only one that reads a floor,"
                + " found valley");
    assertThatThrownBy(() -> load("", on, "sweep.range-methods=[descent]"))
        .hasMessageStartingWith("finder.confirm must be false where no trial would use its answer");
    assertThatThrownBy(() -> load("", on, "sweep.base-lrs=[0.1]", "sweep.max-lrs=[1]"))
        .hasMessageStartingWith("finder.confirm must be false where no trial would use its answer");
    assertThatThrownBy(() -> load("", "sweep.range-methods=[confirm]"))
        .hasMessage(
            "finder.confirm must be true where sweep.range-methods has confirm, found false");
    assertThat(load("", on, "sweep.range-methods=[confirm, descent]").finder().confirm())
        .contains(new ConfirmConfig(5, 1));
    assertThat(load("").finder().confirm()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sweep.restart-growth=0.5 | sweep.restart-growth must be >= 1 and finite, found 0.5",
        "sweep.one-cycle.up-fraction=1 | sweep.one-cycle.up-fraction must be > 0 and < 1, found"
            + " 1.0",
        "sweep.one-cycle.final-fraction=2 | sweep.one-cycle.final-fraction must be >= 0 and <= 1,"
            + " found 2.0",
        "sweep.one-cycle.max-momentum=0.8 | sweep.one-cycle.base-momentum must be >= 0 and <="
            + " sweep.one-cycle.max-momentum (0.8), found 0.85",
        "sweep.one-cycle.max-momentum=null | must be given both or both null, found 0.85 and null",
        "sweep.ema-decay=1 | sweep.ema-decay must be >= 0 and < 1, found 1.0",
        "sweep.last-snapshots=1 | sweep.last-snapshots must be >= 2, found 1",
      })
  void schedulesAndWeightsOutOfTheirRangesAreRefused(String setting, String message) {
    assertThatThrownBy(() -> load("", setting))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(message);
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seed=1.9 | --set seed=1.9: seed must be a whole number, found 1.9",
        "seed=99999999999999999999 | seed must be a whole number between -2^63 and 2^63, found \"9",
        "batch-size=3e9 | batch-size must be a whole number between -2^31 and 2^31, found"
            + " 3000000000",
        "sweep.seeds=[1, 2.5] | sweep.seeds must be a whole number, found 2.5",
        "batch-size=many | --set batch-size=many: batch-size must be a whole number, found"
            + " \"many\"",
        "batch-size=true | batch-size must be a whole number, found true",
        "batch-size=null | batch-size must be a whole number, found null",
        "batch-size=[64] | batch-size must be a whole number, found [64]",
        "finder.end-lr=high | finder.end-lr must be a number, found \"high\"",
        "finder.end-lr=NaN | finder.end-lr must be a number, found \"NaN\"",
        "finder.end-lr=1e999 | finder.end-lr must be a finite number, found Infinity",
        "checkpoint.keep=1 | checkpoint.keep must be true or false, found 1",
        "checkpoint.keep=maybe | checkpoint.keep must be true or false, found \"maybe\"",
        "output=null | output must be a text, found null",
        "notify.url=ftp://h/a | notify.url must be an http or https URL with a host, or null, found"
            + " an",
        "notify.url=hooks | notify.url must be an http or https URL with a host, or null, found"
            + " another",
        "sweep.policies=constant | sweep.policies must be a list, as [1, 2], found \"constant\"",
        "sweep.max-lrs=[a] | sweep.max-lrs must be a number, found \"a\"",
        "finder=3 | --set finder=3: lrsweep.finder must be a section, found 3",
        "seed={a=1} | --set seed={a=1}: lrsweep.seed must be a value, found {\"a\":1}",
      })
  void aValueOfAnotherTypeIsRefusedWithPlaceKeyAndBoth(String setting, String message) {
    assertThatThrownBy(() -> load("", setting))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aWholeNumberMayBeWrittenInAnyWay() {
    assertThat(load("lrsweep.seed = 1e3").seed()).isEqualTo(1000);
    assertThat(load("lrsweep.batch-size = 64.0").batchSize()).isEqualTo(64);
    assertThat(load("lrsweep.seed = \"7\"").seed()).isEqualTo(7);
    assertThat(load("lrsweep.seed = 9007199254740993").seed()).isEqualTo(9007199254740993L);
    assertThat(load("", "data.train-examples=1e3").data().trainExamples()).hasValue(1000);
  }

  @Test
  void whereAValueWasWrittenIsSaidByFileAndLine() {
    assertThatThrownBy(() -> load("lrsweep {\n  batch-size = many\n}"))
        .hasMessage("my.conf: 2: batch-size must be a whole number, found \"many\"");
  }

  @Test
  void ofAKeyThatIsTwiceInAFileTheLastOneWins() {
    assertThat(load("lrsweep.seed = 1\nlrsweep { seed = 2 }").seed()).isEqualTo(2);
  }

  @Test
  void substitutionsSeeTheValuesThatWin() {
    String text = "lrsweep.sweep.seeds = [${lrsweep.seed}]";

    assertThat(load(text).sweep().seeds()).containsExactly(42L);
    assertThat(load(text, "seed=7").sweep().seeds()).containsExactly(7L);
    assertThat(load("", "output=${lrsweep.model.network}-runs").output())
        .isEqualTo("minigooglenet-runs");
  }

  @ParameterizedTest
  @ValueSource(strings = {"${HOME}/fm", "${?HOME}/fm"})
  void environmentVariablesAreRefusedAndNotTakenForNothing(String value) {
    String message =
        "${HOME} stands for no key of the experiment, and environment variables are not read;"
            + " write the value, or give it by --set";

    assertThatThrownBy(() -> load("lrsweep.data.directory = " + value))
        .hasMessage("my.conf: " + message);
    assertThatThrownBy(() -> load("", "data.directory=" + value)).hasMessageContaining(message);
  }

  @Test
  void aUriNeedsNoQuotesInASetting() {
    ExperimentConfig config =
        load("", "output=hdfs://name:8020/user/me", "data.directory=s3a://b/c");

    assertThat(config.output()).isEqualTo("hdfs://name:8020/user/me");
    assertThat(config.data().directory()).contains("s3a://b/c");
    assertThat(load("", "output=/a//b#c").output()).isEqualTo("/a//b#c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fm#1",
        "runs//2",
        "a b",
        "a, b",
        "a=b",
        "a+=b",
        "a$b",
        "Größe-ü",
        "[a]",
        "a{b}",
        "C:\\runs",
        "it's",
        "a\"b",
        "true",
        "007",
        "include \"x\"",
        "a^b&c*d?e",
      })
  void aTextIsTakenWhole(String value) {
    assertThat(load("", "output=" + value).output()).isEqualTo(value);
    assertThat(load("", "data.directory=" + value).data().directory()).contains(value);
  }

  @Test
  void aTextMayBeQuotedAndADefaultAskedFor() {
    assertThat(load("", "output=\"a#b\"").output()).isEqualTo("a#b");
    assertThat(load("", "output=\"null\"").output()).isEqualTo("null");
    assertThat(load("lrsweep.data.directory = x", "data.directory=null").data().directory())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed=1 # the first",
        "seed=1//2",
        "seed=1,2",
        "seed=1,",
        "seed=1, lrsweep.output=x",
        "sweep.seeds=[1, 2] # two",
        "sweep.policies=[triangular#1]",
        "sweep.seeds=[1] [",
        "output=\"a\" # b",
        "output=${lrsweep.seed}#b",
      })
  void whatHoconWouldCutOffIsRefused(String setting) {
    assertThatThrownBy(() -> load("", setting))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageStartingWith("--set " + setting + " is no value of HOCON")
        .hasMessageEndingWith("as in --set 'output=\"my runs\"'");
  }

  @Test
  void aCommentInASettingIsCalledOne() {
    assertThatThrownBy(() -> load("", "seed=1#2"))
        .hasMessage(
            "--set seed=1#2 is no value of HOCON, which takes what follows # or // for a comment;"
                + " put a text with signs in it into double quotes, and these into single ones for"
                + " the shell, as in --set 'output=\"my runs\"'");
  }

  @Test
  void aSettingMayAddToAList() {
    ExperimentConfig config =
        load("lrsweep.sweep.seeds = [1]", "sweep.seeds+=2", "sweep.seeds += 3");

    assertThat(config.sweep().seeds()).containsExactly(1L, 2L, 3L);
    assertThatThrownBy(() -> load("", "output+=x"))
        .hasMessage(
            "--set output+=x adds to a list, but this key has none; write = in place of +=");
  }

  @Test
  void aSettingMaySetASection() {
    assertThat(load("", "finder={start-lr=1e-6, end-lr=2}").finder().endLr()).isEqualTo(2);
    assertThatThrownBy(() -> load("", "finder={end-rl=1}"))
        .hasMessageStartingWith("--set finder={end-rl=1}: unknown key 'lrsweep.finder.end-rl'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1", "output=", "output= ", "+=1", "a..b=1", "a{b=1"})
  void aSettingWithoutKeyOrValueIsRefused(String setting) {
    assertThatThrownBy(() -> load("", setting))
        .hasMessage("--set needs key=value, as in --set sweep.epochs=3; found '" + setting + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "output=s3a://KEY:secret@bucket/runs",
        "output=s3a://KEY:se/cr/et@bucket/runs",
        "data.directory=https://host/fm?X-Amz-Signature=secret",
      })
  void aPasswordInAUriIsRefusedAndNotRepeated(String setting) {
    assertThatThrownBy(() -> load("", setting))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining(" must be a URI without a password")
        .hasMessageNotContaining("secret")
        .hasMessageNotContaining("se/cr/et");
  }

  @Test
  void aPortAndASignInAPathAreNoPassword() {
    assertThat(load("", "output=hdfs://name:8020/user/me@home").output())
        .isEqualTo("hdfs://name:8020/user/me@home");
  }

  @Test
  void aSettingWithoutAValueIsRefused() {
    assertThatThrownBy(() -> load("", "sweep.epochs"))
        .hasMessageContaining("--set needs key=value")
        .hasMessageContaining("sweep.epochs");
  }
}
