package org.lrsweep.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParallelTrialsTest {
  private final AtomicInteger places = new AtomicInteger(64);

  @Test
  void followsThePlacesAsTheyComeAndGo() {
    ParallelTrials parallel = ParallelTrials.following(places::get);

    assertThat(parallel.atOnce(200)).isEqualTo(64);
    places.set(8);
    assertThat(parallel.atOnce(200)).isEqualTo(8);
    places.set(0);
    assertThat(parallel.atOnce(200)).as("one waits for the next executor").isEqualTo(1);
    places.set(100);
    assertThat(parallel.atOnce(70)).isEqualTo(70);
  }

  @ParameterizedTest
  @CsvSource({"200,64", "128,64", "127,127", "72,72", "64,64", "3,3", "1,1"})
  void theLastOnesTakeTurnsOnceTheyAreFewerThanTwiceThePlaces(int left, int atOnce) {
    assertThat(ParallelTrials.takingTurns(places::get).atOnce(left)).isEqualTo(atOnce);
  }

  @ParameterizedTest
  @CsvSource({"200,64,128", "100,64,100", "200,1,2", "200,0,2"})
  void moreThanThereIsRoomForBringExecutors(int left, int room, int atOnce) {
    places.set(room);

    assertThat(ParallelTrials.ahead(places::get).atOnce(left)).isEqualTo(atOnce);
  }

  @Test
  void aFixedNumberFollowsNothing() {
    assertThat(ParallelTrials.fixed(3).atOnce(200)).isEqualTo(3);
    assertThat(ParallelTrials.fixed(3).atOnce(2)).isEqualTo(2);
    assertThat(ParallelTrials.fixed(3).rows(10)).isEqualTo(4);
  }

  /** 200 trials on 64 places: four rows, of which the last is of eight; in turns, an eighth. */
  @Test
  void turnsLeaveNoRowHalfEmpty() {
    assertThat(ParallelTrials.following(places::get).rows(200)).isEqualTo(4);
    assertThat(ParallelTrials.takingTurns(places::get).rows(200)).isEqualTo(3.125);
    assertThat(ParallelTrials.ahead(places::get).rows(200)).isEqualTo(3.125);
    assertThat(ParallelTrials.takingTurns(places::get).rows(5)).isEqualTo(1);
  }
}
