package io.gantry.bootstrap.parity;

import com.google.api.AnnotationsProto;
import com.google.api.HttpRule;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.gantry.proto.registry.v1.RegistryProto;
import java.util.List;
import java.util.Locale;

/** The methods of the service, and the routes that they are annotated with. */
final class Methods {
  private Methods() {}

  static List<MethodDescriptor> all() {
    return RegistryProto.getDescriptor().findServiceByName("Registry").getMethods();
  }

  static MethodDescriptor method(String name) {
    return RegistryProto.getDescriptor().findServiceByName("Registry").findMethodByName(name);
  }

  static HttpRule rule(MethodDescriptor method) {
    return method.getOptions().getExtension(AnnotationsProto.http);
  }

  static String verb(MethodDescriptor method) {
    return rule(method).getPatternCase().name().toUpperCase(Locale.ROOT);
  }

  static String path(MethodDescriptor method) {
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
