package org.lrsweep.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import scala.Tuple2;

class GroupDrawTest {
  private static Group group(long number, Object... counts) {
    TreeMap<String, Long> labels = new TreeMap<>();
    for (int i = 0; i < counts.length; i += 2) {
      labels.put((String) counts[i], ((Number) counts[i + 1]).longValue());
    }
    return new Group(number, 1, labels);
  }

  /** 300 patients with 1 to 20 pictures, each of one diagnosis, one of them rare. */
  private static List<Group> patients() {
    Random random = new Random(4);
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      groups.add(group(i * 7919L - 900_000, i % 10 == 0 ? "ill" : "well", 1 + random.nextInt(20)));
    }
    return groups;
  }

  private static double share(List<Group> groups, Set<Long> part, String label) {
    long all = 0;
    long taken = 0;
    for (Group group : groups) {
      long count = group.labels().getOrDefault(label, 0L);
      all += count;
      taken += part.contains(group.number()) ? count : 0;
    }
    return (double) taken / all;
  }

  @Test
  void eachGroupIsInOnePartAndEachLabelNearItsFraction() {
    List<Group> groups = patients();
    for (long seed = 0; seed < 20; seed++) {
      GroupDraw draw = new GroupDraw(groups, 0.1, 0.2, seed);

      Set<Long> all = new HashSet<>();
      int numbers = 0;
      for (Part part : Part.values()) {
        all.addAll(draw.of(part));
        numbers += draw.of(part).size();
      }
      assertThat(all).hasSize(300);
      assertThat(numbers).isEqualTo(300);
      for (String label : List.of("ill", "well")) {
        // A tenth of some 300 pictures of the ill are those of three patients.
        double near = label.equals("ill") ? 0.05 : 0.01;
        assertThat(share(groups, draw.of(Part.VALIDATION), label)).isCloseTo(0.1, within(near));
        assertThat(share(groups, draw.of(Part.TEST), label)).isCloseTo(0.2, within(near));
      }
    }
  }

  @Test
  void theSeedDrawsLargeAndSmallGroupsAlike() {
    List<Group> groups = patients();
    Map<Long, Integer> times = new HashMap<>();
    double size = 0;
    int drawn = 0;
    for (long seed = 0; seed < 60; seed++) {
      for (long number : new GroupDraw(groups, 0.2, 0, seed).of(Part.VALIDATION)) {
        times.merge(number, 1, Integer::sum);
        Group group = groups.stream().filter(g -> g.number() == number).findFirst().orElseThrow();
        size += group.labels().values().iterator().next();
        drawn++;
      }
    }

    assertThat(times).as("groups held out by one seed or another").hasSizeGreaterThan(295);
    assertThat(size / drawn).as("1 to 20, 10.5 in the middle").isCloseTo(10.5, within(1.0));
  }

  @Test
  void aGroupThatIsMostOfTheDataIsTrainedOn() {
    List<Group> groups = new ArrayList<>(List.of(group(5, "a", 500, "b", 500)));
    for (int i = 10; i < 40; i++) {
      groups.add(group(i, "a", 5, "b", 5));
    }
    for (long seed = 0; seed < 20; seed++) {
      GroupDraw draw = new GroupDraw(groups, 0.1, 0, seed);

      assertThat(draw.of(Part.TRAIN)).contains(5L);
      assertThat(share(groups, draw.of(Part.VALIDATION), "a")).isCloseTo(0.1, within(0.01));
    }
  }

  /** A tenth of three groups is less than half of one, and one is held out all the same. */
  @Test
  void aPartGetsAGroupIfTrainingKeepsSomeOfEachLabel() {
    List<Group> three =
        List.of(group(1, "a", 5, "b", 5), group(2, "a", 5, "b", 5), group(3, "a", 4, "c", 5));

    for (long seed = 0; seed < 10; seed++) {
      GroupDraw draw = new GroupDraw(three, 0.1, 0, seed);
      assertThat(draw.of(Part.VALIDATION)).hasSize(1).doesNotContain(3L);
    }
    List<Group> byLabel = List.of(group(1, "a", 5), group(2, "b", 5));
    assertThat(new GroupDraw(byLabel, 0.1, 0, 1).of(Part.VALIDATION)).isEmpty();
  }

  @Test
  void groupsWithEqualFeaturesAreOne() {
    Map<Tuple2<Long, String>, Long> counts = new HashMap<>();
    for (long value : new long[] {-4, 3, 8, 9, 20}) {
      counts.put(new Tuple2<>(value, "a"), 1L);
    }
    counts.put(new Tuple2<>(9L, "b"), 6L);

    Groups groups =
        Groups.of(
            counts, List.of(new Tuple2<>(9L, 8L), new Tuple2<>(20L, 3L), new Tuple2<>(8L, 20L)));

    assertThat(groups.groups())
        .containsExactly(
            group(-4, "a", 1), new Group(3, 4, new TreeMap<>(Map.of("a", 4L, "b", 6L))));
    assertThat(groups.valuesOf(Set.of(3L))).containsExactly(3, 8, 9, 20);
    assertThat(groups.joined()).containsExactly(4, 1);
    assertThat(groups.values()).isEqualTo(5);
  }
}
