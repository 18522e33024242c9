package org.lrsweep.training.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.buffer.NioManagedBuffer;
import org.apache.spark.storage.BlockManagerId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.lrsweep.testing.LocalSpark;
import scala.Option;

@ExtendWith(LocalSpark.class)
@Timeout(60)
class BlockFetchTest {
  private static final String BLOCK = "broadcast_77_state_0";

  private static BlockRef.Slice slice(int port) {
    Holder holder =
        new Holder(BlockManagerId.apply("executor-9", "127.0.0.1", port, Option.empty()));
    return new BlockRef(holder, 77, "state", 8, 1).slice(0);
  }

  /** A network's thread brings something. */
  private static BlockFetch fetched(ManagedBuffer data) {
    BlockFetch fetch = new BlockFetch(List.of(slice(1)), Duration.ofMinutes(1));
    fetch.onBlockFetchSuccess(BLOCK, data);
    return fetch;
  }

  private static ManagedBuffer bytes(int count) {
    return new NioManagedBuffer(ByteBuffer.allocate(count));
  }

  @Test
  void aPeerThatNeverAnswersIsWaitedForNoLongerThanItsTime(JavaSparkContext spark)
      throws Exception {
    assertThat(spark.sc().isStopped()).isFalse();
    // The system accepts what connects, and nobody reads it.
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      BlockRef.Slice slice = slice(silent.getLocalPort());
      BlockFetch fetch = BlockFetch.begin(slice.holder(), List.of(slice), Duration.ofMillis(200));

      assertThatThrownBy(() -> fetch.await(slice))
          .isInstanceOf(LostBlockException.class)
          .hasMessage(
              BLOCK
                  + " can't be read from BlockManagerId(executor-9, 127.0.0.1, "
                  + silent.getLocalPort()
                  + ", None): java.util.concurrent.TimeoutException: no answer within 200 ms");
    }
  }

  @Test
  void bytesThatCameAreThere() throws Exception {
    assertThat(fetched(bytes(8)).await(slice(1)).remaining()).isEqualTo(8);
  }

  @Test
  void anErrorOnANetworksThreadIsHeardByWhoeverWaits() {
    NioManagedBuffer tooLarge =
        new NioManagedBuffer(ByteBuffer.allocate(8)) {
          @Override
          public long size() {
            throw new OutOfMemoryError("as this test wants");
          }
        };

    assertThatThrownBy(() -> fetched(tooLarge).await(slice(1)))
        .isInstanceOf(LostBlockException.class)
        .hasMessageEndingWith(": java.lang.OutOfMemoryError: as this test wants");
  }

  @Test
  void aFailureOfTheNetworkIsHeardByWhoeverWaits() {
    BlockFetch fetch = new BlockFetch(List.of(slice(1)), Duration.ofMinutes(1));
    fetch.onBlockFetchFailure(BLOCK, new CancellationException("as this test wants"));

    assertThatThrownBy(() -> fetch.await(slice(1))).hasMessageEndingWith("as this test wants");
  }

  @Test
  void aBlockOfAnotherLengthIsRefused() {
    assertThatThrownBy(() -> fetched(bytes(4)).await(slice(1)))
        .isInstanceOf(LostBlockException.class)
        .hasMessageEndingWith("it has 4 bytes instead of 8");
  }
}
