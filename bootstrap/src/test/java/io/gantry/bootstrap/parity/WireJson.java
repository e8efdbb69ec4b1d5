package io.gantry.bootstrap.parity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** A message as the JSON that REST would have sent for it: every field, by its own name. */
final class WireJson {
  private WireJson() {}

  static JsonNode of(Message message) {
    if (message instanceof Timestamp time) {
      return new TextNode(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()).toString());
    }
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      Object value = message.getField(field);
      if (field.isRepeated()) {
        var items = object.putArray(field.getName());
        ((List<?>) value).forEach(item -> items.add(valueOf(item)));
      } else {
        object.set(field.getName(), valueOf(value));
      }
    }
    return object;
  }

  private static JsonNode valueOf(Object value) {
    return switch (value) {
      case Message message -> of(message);
      case EnumValueDescriptor constant ->
          new TextNode(
              constant
                  .getName()
                  .substring(prefix(constant.getType()).length())
                  .toLowerCase(Locale.ROOT));
      case Boolean truth -> BooleanNode.valueOf(truth);
      case Integer number -> number(Integer.toUnsignedLong(number));
      case Long number -> number(number);
      default -> new TextNode(value.toString());
    };
  }

  /** In the type that a reader of JSON chooses. */
  private static JsonNode number(long number) {
    return number == (int) number ? new IntNode((int) number) : new LongNode(number);
  }

  /** What the names of an enum's values begin with. */
  static String prefix(EnumDescriptor values) {
    String zero = values.findValueByNumber(0).getName();
    return zero.substring(0, zero.length() - "UNSPECIFIED".length());
  }
}
