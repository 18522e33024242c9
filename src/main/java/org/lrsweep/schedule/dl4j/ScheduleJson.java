package org.lrsweep.schedule.dl4j;

import java.io.IOException;
import org.lrsweep.schedule.AmplitudeScale;
import org.lrsweep.schedule.Schedule;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;
import org.nd4j.shade.jackson.core.JsonGenerator;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.JavaType;
import org.nd4j.shade.jackson.databind.JsonDeserializer;
import org.nd4j.shade.jackson.databind.JsonSerializer;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.SerializerProvider;
import org.nd4j.shade.jackson.databind.cfg.MapperConfig;
import org.nd4j.shade.jackson.databind.json.JsonMapper;
import org.nd4j.shade.jackson.databind.jsontype.PolymorphicTypeValidator;

/**
 * Schedules in a model's JSON, each with its class. The schedules themselves know nothing of JSON,
 * so what Jackson needs to know is said here.
 */
final class ScheduleJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .polymorphicTypeValidator(new OnlySubtypes())
          .addMixIn(Schedule.class, WithClass.class)
          .addMixIn(AmplitudeScale.class, WithClass.class)
          .build();

  private ScheduleJson() {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS)
  private interface WithClass {}

  /**
   * Denies a class that is none of the type that is wanted, before Jackson initialises it: a model
   * may name any class.
   */
  private static final class OnlySubtypes extends PolymorphicTypeValidator.Base {
    private static final long serialVersionUID = 1L;

    @Override
    public Validity validateSubClassName(MapperConfig<?> config, JavaType wanted, String name) {
      try {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        Class<?> found = Class.forName(name, false, loader);
        return wanted.getRawClass().isAssignableFrom(found) ? Validity.ALLOWED : Validity.DENIED;
      } catch (ClassNotFoundException e) {
        return Validity.INDETERMINATE;
      }
    }

    @Override
    public Validity validateSubType(MapperConfig<?> config, JavaType wanted, JavaType found) {
      return Validity.ALLOWED;
    }
  }

  static final class Writer extends JsonSerializer<Schedule> {

    @Override
    public void serialize(Schedule schedule, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeTree(MAPPER.valueToTree(schedule));
    }
  }

  static final class Reader extends JsonDeserializer<Schedule> {

    @Override
    public Schedule deserialize(JsonParser json, DeserializationContext context)
        throws IOException {
      return MAPPER.treeToValue(json.readValueAsTree(), Schedule.class);
    }
  }
}
