package org.lrsweep.network.load;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.lrsweep.network.Momentum;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.cfg.MapperConfig;
import org.nd4j.shade.jackson.databind.exc.InvalidTypeIdException;
import org.nd4j.shade.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * A Deeplearning4j configuration as it writes it in JSON: of a graph or of layers. The JSON names
 * classes, and Deeplearning4j's own reader makes objects of any on the class path; this one only of
 * those in {@link #ALLOWED}.
 *
 * @param graph empty if it is one of layers
 * @param layers empty if it is one of a graph
 */
record ConfigurationJson(
    Optional<ComputationGraphConfiguration> graph, Optional<MultiLayerConfiguration> layers) {

  /** Where the classes that a file may name lie. */
  private static final List<String> ALLOWED = List.of("org.deeplearning4j.", "org.nd4j.");

  /** LRSweep's own, which configurations of its library's users have. */
  private static final Set<String> OWN = Set.of(Momentum.class.getName());

  /** Deeplearning4j's largest, of networks of a thousand layers, have a few megabytes. */
  private static final int MOST_BYTES = 64 << 20;

  private static final org.nd4j.shade.jackson.databind.ObjectMapper MAPPER =
      NeuralNetConfiguration.mapper().copy().setPolymorphicTypeValidator(new AllowedClasses());

  /** Reads a file that holds nothing else. */
  static ConfigurationJson of(NetworkFile file) throws IOException {
    return of(file.bytes(MOST_BYTES, "a configuration"), file.name());
  }

  /** The same from bytes. */
  static ConfigurationJson of(byte[] bytes, String name) {
    String json = new String(bytes, StandardCharsets.UTF_8);
    // This reader limits how deep objects lie in each other, which Deeplearning4j's doesn't.
    JsonNode root = root(json, name);
    try {
      if (root.has("vertices")) {
        return of(MAPPER.readValue(json, ComputationGraphConfiguration.class));
      }
      if (root.has("confs")) {
        return of(MAPPER.readValue(json, MultiLayerConfiguration.class));
      }
    } catch (InvalidTypeIdException e) {
      throw new IllegalArgumentException(refusal(name, e), e);
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "%s is no configuration of this Deeplearning4j's: %s"
              .formatted(name, firstLine(ExceptionUtils.getRootCause(e))),
          e);
    }
    throw new IllegalArgumentException(
        name
            + " must be the JSON of a ComputationGraphConfiguration, with \"vertices\", or of a MultiLayerConfiguration, with \"confs\"; found neither");
  }

  static ConfigurationJson of(ComputationGraphConfiguration graph) {
    return new ConfigurationJson(Optional.of(graph), Optional.empty());
  }

  static ConfigurationJson of(MultiLayerConfiguration layers) {
    return new ConfigurationJson(Optional.empty(), Optional.of(layers));
  }

  static int mostBytes() {
    return MOST_BYTES;
  }

  private static JsonNode root(String json, String name) {
    try {
      return new ObjectMapper(new JsonFactory()).readTree(json);
    } catch (IOException e) {
      throw new IllegalArgumentException(name + " is no JSON: " + firstLine(e), e);
    }
  }

  private static String refusal(String name, InvalidTypeIdException e) {
    if (e.getTypeId() == null) {
      return name
          + " is of a Deeplearning4j before 1.0.0-beta; load it with a newer one and save it again";
    }
    if (isAllowed(e.getTypeId())) {
      return "%s has the class %s, which is not on the class path; leave that layer out, or give its jar with --jars"
          .formatted(name, e.getTypeId());
    }
    return "%s names the class %s; a file may name classes of Deeplearning4j and ND4J only. Give a network with layers of your own as class:, with its jar in --jars"
        .formatted(name, e.getTypeId());
  }

  private static String firstLine(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse("");
  }

  private static boolean isAllowed(String className) {
    return ALLOWED.stream().anyMatch(className::startsWith) || OWN.contains(className);
  }

  /** Judges a class by its name, before it is loaded. */
  private static final class AllowedClasses extends PolymorphicTypeValidator {
    private static final long serialVersionUID = 1L;

    @Override
    public Validity validateBaseType(MapperConfig<?> config, JavaType base) {
      return Validity.INDETERMINATE;
    }

    @Override
    public Validity validateSubClassName(MapperConfig<?> config, JavaType base, String name) {
      return isAllowed(name) ? Validity.ALLOWED : Validity.DENIED;
    }

    @Override
    public Validity validateSubType(MapperConfig<?> config, JavaType base, JavaType sub) {
      return isAllowed(sub.getRawClass().getName()) ? Validity.ALLOWED : Validity.DENIED;
    }
  }
}
