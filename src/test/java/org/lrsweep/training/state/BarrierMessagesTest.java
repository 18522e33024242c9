package org.lrsweep.training.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lrsweep.training.state.BarrierMessages.Answer;
import org.lrsweep.training.state.BarrierMessages.Outcome;

class BarrierMessagesTest {

  private static List<byte[]> payloads(int workers, int different) {
    return IntStream.range(0, workers)
        .mapToObj(worker -> new byte[] {1, 2, (byte) (worker < different ? worker + 4 : 3)})
        .toList();
  }

  private static int sentBytes(Answer answer) throws IOException {
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(sent)) {
      out.writeObject(answer.wire());
    }
    return sent.size();
  }

  @Test
  void anAnswerOfEqualWordsIsAsLongForAThousandWorkersAsForTwo() throws IOException {
    assertThat(sentBytes(new Answer(Outcome.COMPLETE, payloads(1000, 0))))
        .isEqualTo(sentBytes(new Answer(Outcome.COMPLETE, payloads(2, 0))))
        .isLessThan(300);
  }

  @Test
  void wordsAreReadAsTheyWereSaidWhetherTheyDifferOrNot() {
    for (int different : new int[] {0, 1, 5}) {
      Answer answer = Answer.read(new Answer(Outcome.COMPLETE, payloads(5, different)).wire());

      assertThat(answer.outcome()).isEqualTo(Outcome.COMPLETE);
      assertThat(answer.payloads())
          .usingElementComparator(Arrays::compare)
          .containsExactlyElementsOf(payloads(5, different));
    }
  }

  @Test
  void whoIsToldThatOthersCantComeHearsNoWord() {
    Answer answer = Answer.read(Answer.of(Outcome.BROKEN).wire());

    assertThat(answer.outcome()).isEqualTo(Outcome.BROKEN);
    assertThat(answer.payloads()).isEmpty();
  }
}
