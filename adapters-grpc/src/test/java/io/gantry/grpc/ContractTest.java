package io.gantry.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.gantry.proto.registry.v1.RegistryProto;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The two published contracts say the same: the OpenAPI document of REST and the proto file. */
final class ContractTest {
  private final OpenApi rest = OpenApi.read();

  ContractTest() throws IOException {}

  static List<MethodDescriptor> methods() {
    return RegistryProto.getDescriptor().findServiceByName("Registry").getMethods();
  }

  static List<Descriptor> resources() {
    return List.of("Namespace", "Image", "Tag").stream()
        .map(RegistryProto.getDescriptor()::findMessageTypeByName)
        .toList();
  }

  @Test
  void everyOperationIsOnBothFacesUnderTheSameNameAndRoute() {
    List<String> operations = new ArrayList<>();
    for (String path : rest.at("paths").keys()) {
      for (String verb : rest.at("paths", path).keys()) {
        String name = rest.at("paths", path, verb, "operationId").text();
        operations.add(name + ": " + verb + " " + path);
      }
    }

    assertThat(methods().stream().map(m -> m.getName() + ": " + verb(m) + " " + path(m)))
        .containsExactlyInAnyOrderElementsOf(operations)
        .hasSize(12);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void requestsHaveTheParametersAndTheBodyOfTheRoute(MethodDescriptor method) {
    Set<String> names = new TreeSet<>();
    for (OpenApi parameter : operation(method).at("parameters").items()) {
      names.add(parameter.at("name").text());
    }
    operation(method)
        .find("requestBody")
        .ifPresent(body -> names.addAll(properties(content(body))));

    assertThat(names(method.getInputType())).isEqualTo(names);
    assertThat(rule(method).getBody())
        .isEqualTo(operation(method).find("requestBody").isPresent() ? "*" : "");
  }

  @ParameterizedTest
  @MethodSource("methods")
  void responsesAreTheBodyOfTheRouteOrHoldItInTheirOneField(MethodDescriptor method) {
    Descriptor response = method.getOutputType();
    String inside = rule(method).getResponseBody();
    Descriptor body =
        inside.isEmpty() ? response : response.findFieldByName(inside).getMessageType();

    assertThat(content(operation(method).at("responses", "200")).at("$ref").text())
        .endsWith("/" + body.getFullName());
    assertThat(names(body)).isEqualTo(properties(schema(body)));
    if (!inside.isEmpty()) assertThat(response.getFields()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void eachMethodHasMessagesOfItsOwn(MethodDescriptor method) {
    assertThat(method.getInputType().getName()).isEqualTo(method.getName() + "Request");
    assertThat(method.getOutputType().getName()).isEqualTo(method.getName() + "Response");
  }

  @ParameterizedTest
  @MethodSource("resources")
  void fieldsHaveTheTypesAndValuesOfTheSchema(Descriptor resource) {
    for (FieldDescriptor field : resource.getFields()) {
      OpenApi property = schema(resource).at("properties", field.getName());
      assertThat(type(field)).as(field.getFullName()).isEqualTo(type(property));
      if (field.getType() == FieldDescriptor.Type.ENUM) {
        List<String> published = values(property);
        assertThat(published.getFirst()).endsWith("unknown"); // the unspecified one
        assertThat(values(field.getEnumType()))
            .as(field.getFullName())
            .containsExactlyElementsOf(published.subList(1, published.size()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("methods")
  void listsHaveAtLeastTheOrdersOfTheRoute(MethodDescriptor method) {
    FieldDescriptor field = method.getInputType().findFieldByName("order_by");
    for (OpenApi parameter : operation(method).at("parameters").items()) {
      if (!parameter.at("name").text().equals("order_by")) continue;
      List<String> published = values(parameter.at("schema"));
      assertThat(values(field.getEnumType())).containsAll(published);
      assertThat(values(field.getEnumType()).getFirst())
          .isEqualTo(parameter.at("schema", "default").text());
    }
  }

  private OpenApi operation(MethodDescriptor method) {
    return rest.at("paths", path(method), verb(method));
  }

  private OpenApi schema(Descriptor message) {
    return rest.at("components", "schemas", message.getFullName());
  }

  private static OpenApi content(OpenApi of) {
    return of.at("content", "application/json", "schema");
  }

  private static Set<String> properties(OpenApi schema) {
    return new TreeSet<>(schema.at("properties").keys());
  }

  private static Set<String> names(Descriptor message) {
    return message.getFields().stream()
        .map(FieldDescriptor::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> values(OpenApi schema) {
    return schema.at("enum").items().stream().map(OpenApi::text).toList();
  }

  /** The values as REST has them: without the enum's prefix, in lower case, but the zero one. */
  private static List<String> values(EnumDescriptor values) {
    String zero = values.findValueByNumber(0).getName();
    int prefix = zero.length() - "UNSPECIFIED".length();
    return values.getValues().stream()
        .filter(value -> value.getNumber() != 0)
        .map(value -> value.getName().substring(prefix).toLowerCase(Locale.ROOT))
        .toList();
  }

  private static String type(OpenApi property) {
    String type = property.at("type").text();
    if (type.equals("array")) return "list of " + type(property.at("items"));
    if (property.find("enum").isPresent()) return "enum";
    return property.find("format").map(OpenApi::text).orElse(type);
  }

  private static String type(FieldDescriptor field) {
    String type =
        switch (field.getType()) {
          case STRING -> "string";
          case BOOL -> "boolean";
          case UINT32 -> "uint32";
          case UINT64 -> "uint64";
          case ENUM -> "enum";
          case MESSAGE ->
              field.getMessageType().getFullName().equals("google.protobuf.Timestamp")
                  ? "date-time"
                  : field.getMessageType().getFullName();
          default -> field.getType().name();
        };
    return field.isRepeated() ? "list of " + type : type;
  }

  private static HttpRule rule(MethodDescriptor method) {
    return method.getOptions().getExtension(AnnotationsProto.http);
  }

  private static String verb(MethodDescriptor method) {
    return rule(method).getPatternCase().name().toLowerCase(Locale.ROOT);
  }

  private static String path(MethodDescriptor method) {
    HttpRule rule = rule(method);
    return switch (rule.getPatternCase()) {
      case GET -> rule.getGet();
      case POST -> rule.getPost();
      case PATCH -> rule.getPatch();
      case DELETE -> rule.getDelete();
      case PUT, CUSTOM, PATTERN_NOT_SET ->
          throw new AssertionError(method.getName() + " has a route that REST cannot have");
    };
  }
}
