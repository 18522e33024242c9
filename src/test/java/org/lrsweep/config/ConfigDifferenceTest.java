package org.lrsweep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigDifferenceTest {
  private static String json(String... settings) {
    return ConfigLoader.load("", "empty", List.of(settings)).json();
  }

  @Test
  void namesEachKeyThatWouldTrainSomethingElse() {
    assertThat(
            ConfigDifference.between(
                json("finder.end-lr=1.0", "sweep.seeds=[1]"),
                json("finder.end-lr=0.5", "sweep.seeds=[1, 2]", "finder.epochs=3")))
        .containsExactly(
            "finder.end-lr: 1 then, 0.5 now",
            "finder.epochs: null then, 3 now",
            "sweep.seeds: [1] then, [1,2] now");
  }

  @Test
  void spellingAndWhatChangesNoBitMakeNoDifference() {
    assertThat(
            ConfigDifference.between(
                json("finder.end-lr=1.0e-2", "output=a", "sweep.parallel-trials=1"),
                json("finder.end-lr=0.01", "output=b", "checkpoint.finder-steps=7")))
        .isEmpty();
  }

  @Test
  void aKeyThatHasComeSinceCountsAsItsDefault() {
    String older = json("seed=7").replace("\"trial-retries\":1", "\"gone\":1");
    assertThat(older).contains("gone");

    assertThat(ConfigDifference.between(older, json("seed=7", "sweep.trial-retries=2")))
        .containsExactly("sweep.gone: 1 then, not there now", "sweep.trial-retries: 1 then, 2 now");
    assertThat(ConfigDifference.between(older, json("seed=7")))
        .containsExactly("sweep.gone: 1 then, not there now");
  }

  @Test
  void aSectionInPlaceOfADefaultIsTheSameSectionLater() {
    String idx =
        ConfigLoader.load(
                "lrsweep.data { dataset = idx, train = train, test { images = a, labels = b } }",
                "idx",
                List.of())
            .json();

    assertThat(ConfigDifference.between(idx, idx)).isEmpty();
    assertThat(ConfigDifference.between(idx, json("data.dataset=idx", "data.train=train")))
        .containsExactly(
            "data.test: not there then, null now",
            "data.test.images: \"a\" then, not there now",
            "data.test.labels: \"b\" then, not there now");
  }

  @Test
  void aPasswordInAUriIsRefusedWithoutRepeatingIt() {
    for (String key : List.of("output", "data.directory")) {
      assertThatThrownBy(() -> json(key + "=s3a://user:canary@bucket/results"))
          .isInstanceOf(InvalidConfigException.class)
          .hasMessageStartingWith(key + " must be a URI without a password")
          .hasMessageNotContaining("canary");
    }
    assertThat(json("output=abfs://container@account/results")).contains("container@account");
  }
}
