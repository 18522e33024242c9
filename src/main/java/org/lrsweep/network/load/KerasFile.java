package org.lrsweep.network.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A model that Keras 2 or 3 saved as HDF5 (.h5): its configuration and its layers' weights. */
final class KerasFile implements AutoCloseable {
  /** The longest array that Java has. */
  private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  private final HdfFile file;

  private KerasFile(HdfFile file) {
    this.file = file;
  }

  /**
   * Opens a file, which is read into memory.
   *
   * @throws IOException if it is no HDF5 file, or larger than 2 GB
   */
  static KerasFile open(NetworkFile file) throws IOException {
    byte[] bytes = file.bytes(MOST_BYTES, "a Keras model");
    try {
      return new KerasFile(HdfFile.fromBytes(bytes));
    } catch (RuntimeException e) {
      throw new IOException("it is no HDF5 file (" + e.getMessage() + ")", e);
    }
  }

  /**
   * What the model is, as Keras writes it.
   *
   * @throws IOException if the file has no model
   */
  JsonNode model() throws IOException {
    return json("model_config")
        .orElseThrow(
            () ->
                new IOException(
                    "it has no attribute model_config; save the whole model with model.save(\"name.h5\"), not its weights alone"));
  }

  /** Loss and optimizer that it was compiled with; empty if it was not. */
  Optional<JsonNode> training() throws IOException {
    return json("training_config");
  }

  private Optional<JsonNode> json(String attribute) throws IOException {
    Attribute found = file.getAttribute(attribute);
    return found == null
        ? Optional.empty()
        : Optional.of(new ObjectMapper().readTree(String.valueOf(found.getData())));
  }

  /**
   * A layer's weights by what Keras calls them: kernel, bias, gamma and so on.
   *
   * @throws IOException if they are not where the file says
   */
  Map<String, INDArray> weights(String layer) throws IOException {
    Map<String, INDArray> weights = new LinkedHashMap<>();
    if (file.getChild("model_weights") instanceof Group all
        && all.getChild(layer) instanceof Group group) {
      Attribute names = group.getAttribute("weight_names");
      // Keras writes no names as an empty array of doubles.
      if (names != null && names.getData() instanceof String[] paths) {
        for (String path : paths) {
          String name = path.substring(path.lastIndexOf('/') + 1).replace(":0", "");
          weights.put(name, array(group, layer, path));
        }
      }
    }
    return weights;
  }

  private static INDArray array(Group group, String layer, String path) throws IOException {
    Node node;
    try {
      node = group.getByPath(path);
    } catch (RuntimeException e) {
      throw new IOException("layer \"%s\" has no weights %s".formatted(layer, path), e);
    }
    if (node instanceof Dataset dataset && dataset.getDataFlat() instanceof float[] values) {
      int[] sizes = dataset.getDimensions();
      long[] shape = new long[sizes.length];
      for (int i = 0; i < sizes.length; i++) {
        shape[i] = sizes[i];
      }
      return Nd4j.createFromArray(values).reshape('c', shape);
    }
    throw new IOException(
        "the weights %s of layer \"%s\" must be 32-bit floats".formatted(path, layer));
  }

  @Override
  public void close() {
    file.close();
  }
}
