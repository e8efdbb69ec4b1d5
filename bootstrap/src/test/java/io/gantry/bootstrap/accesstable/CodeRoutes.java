package io.gantry.bootstrap.accesstable;

import io.gantry.oci.DataPlaneResource;
import io.gantry.oci.route.OciRoute;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The routes that the server has, from its own classes. */
final class CodeRoutes {
  private CodeRoutes() {}

  /** {@code GET /path/{}} for each method of each resource but the data plane's. */
  static Set<String> resources() {
    Set<String> routes = new TreeSet<>();
    for (Class<?> resource : resourceClasses()) {
      String root = resource.getAnnotation(Path.class).value();
      for (Method method : resource.getMethods()) {
        httpMethod(method)
            .ifPresent(verb -> routes.add(verb + " " + anonymous(root + pathOf(method))));
      }
    }
    return routes;
  }

  /** Each method that the data plane reads, on each kind of path that it tells apart. */
  static Set<String> dataPlane() {
    Set<String> methods =
        Stream.of(DataPlaneResource.class.getMethods())
            .flatMap(method -> httpMethod(method).stream())
            .collect(Collectors.toSet());
    return Stream.of(OciRoute.class.getPermittedSubclasses())
        .flatMap(route -> methods.stream().map(method -> method + " " + route.getSimpleName()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A path without the names of its places. */
  static String anonymous(String path) {
    return path.replaceAll("\\{[^}]*}", "{}");
  }

  private static Set<Class<?>> resourceClasses() {
    return CDI.current().getBeanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
        .<Class<?>>map(bean -> bean.getBeanClass())
        .filter(type -> type.isAnnotationPresent(Path.class) && type != DataPlaneResource.class)
        .collect(Collectors.toSet());
  }

  private static String pathOf(Method method) {
    Path path = method.getAnnotation(Path.class);
    return path == null ? "" : path.value();
  }

  private static Optional<String> httpMethod(Method method) {
    return Stream.of(method.getAnnotations())
        .map(Annotation::annotationType)
        .filter(type -> type.isAnnotationPresent(HttpMethod.class))
        .map(type -> type.getAnnotation(HttpMethod.class).value())
        .findFirst();
  }
}
