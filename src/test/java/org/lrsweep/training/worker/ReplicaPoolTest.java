package org.lrsweep.training.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.ref.WeakReference;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.junit.jupiter.api.Test;
import org.lrsweep.network.Momentum;
import org.lrsweep.network.NetworkSpec;
import org.lrsweep.testing.TestNetworks;

class ReplicaPoolTest {
  private final ReplicaPool pool = new ReplicaPool();

  private static NetworkSpec network(int hidden) {
    return NetworkSpec.of(TestNetworks.dense(new Momentum(1, 0.9), hidden));
  }

  private static NetworkSpec seeded(long seed) {
    ComputationGraphConfiguration configuration = network(8).configuration();
    configuration.getVertices().values().stream()
        .map(vertex -> ((LayerVertex) vertex).getLayerConf())
        .forEach(layer -> layer.setSeed(seed));
    return NetworkSpec.of(configuration);
  }

  private Replica borrow(NetworkSpec spec) {
    return pool.onThreadsAsSet(spec, replica -> replica);
  }

  @Test
  void trialsOfDifferentSeedsTrainOneReplica() {
    assertThat(seeded(1)).isNotEqualTo(seeded(2));

    assertThat(borrow(seeded(1).withoutSeed())).isSameAs(borrow(seeded(2).withoutSeed()));
  }

  @Test
  void anotherNetworkTakesThePlaceOfAnIdleOne() {
    WeakReference<Replica> first = new WeakReference<>(borrow(network(8)));

    Replica second = borrow(network(9));

    assertThat(first.get()).isNull();
    assertThat(borrow(network(9))).isSameAs(second);
  }

  @Test
  void asManyStayAsWereAtWorkAtOnce() {
    Replica[] both = new Replica[2];
    both[0] =
        pool.onThreadsAsSet(
            network(8),
            first -> {
              both[1] = borrow(network(9));
              return first;
            });

    assertThat(borrow(network(8))).isSameAs(both[0]);
    assertThat(borrow(network(9))).isSameAs(both[1]);
  }

  @Test
  void aReplicaThatATaskFailedWithIsNotUsedAgain() {
    Replica[] failed = new Replica[1];
    assertThatThrownBy(
            () ->
                pool.onThreadsAsSet(
                    network(8),
                    replica -> {
                      failed[0] = replica;
                      throw new IllegalStateException("as this test wants");
                    }))
        .hasMessage("as this test wants");

    assertThat(borrow(network(8))).isNotSameAs(failed[0]);
  }
}
