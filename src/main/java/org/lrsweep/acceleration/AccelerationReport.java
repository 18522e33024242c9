package org.lrsweep.acceleration;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Which of a network's layers run on oneDNN and which do not. Each layer is in one of the two
 * lists, as are a graph's vertices that merge or add images, where the platform has oneDNN; other
 * vertices are in neither.
 *
 * @param accelerated names of the layers and vertices that run on oneDNN, in topological order
 * @param stock those that stay as Deeplearning4j has them
 */
public record AccelerationReport(List<String> accelerated, List<Stock> stock) {

  /**
   * A layer or vertex that stays stock.
   *
   * @param name its name in the network
   * @param type its class, without the package
   * @param reason why it stays
   */
  public record Stock(String name, String type, String reason) {}

  /** Takes copies of the lists. */
  public AccelerationReport {
    accelerated = List.copyOf(accelerated);
    stock = List.copyOf(stock);
  }

  /** Whether all of them run on oneDNN. */
  public boolean isComplete() {
    return stock.isEmpty();
  }

  /** One line for a log. */
  public String summary() {
    String left =
        stock.stream()
            .map(layer -> "%s (%s: %s)".formatted(layer.name(), layer.type(), layer.reason()))
            .collect(Collectors.joining(", "));
    return "%s layers run on oneDNN; stock: %s"
        .formatted(accelerated.size(), left.isEmpty() ? "none" : left);
  }
}
