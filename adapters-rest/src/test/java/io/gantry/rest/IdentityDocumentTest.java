package io.gantry.rest;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.gantry.rest.iam.ApiKeyResource;
import io.gantry.rest.iam.ApplicationResource;
import io.gantry.rest.iam.PermissionSetResource;
import io.gantry.rest.iam.PolicyResource;
import io.gantry.rest.iam.RuleResource;
import io.gantry.rest.project.ProjectResource;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The OpenAPI document of the identity routes says what the code does. */
final class IdentityDocumentTest {
  private static final Set<String> VERBS = Set.of("get", "post", "put", "patch", "delete");
  private static final List<Class<?>> RESOURCES =
      List.of(
          ProjectResource.class,
          ApiKeyResource.class,
          ApplicationResource.class,
          PolicyResource.class,
          RuleResource.class,
          PermissionSetResource.class);

  private final Map<?, ?> document = read();

  @Test
  void namesEveryRouteOfTheCodeAndNoOther() {
    Set<String> routes = new TreeSet<>();
    at(document, "paths")
        .forEach(
            (path, operations) ->
                ((Map<?, ?>) operations)
                    .keySet().stream()
                        .filter(VERBS::contains)
                        .forEach(verb -> routes.add(route(verb.toString(), path.toString()))));

    assertThat(routes).isEqualTo(routesOfTheCode()).hasSize(23);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "project.Project",
        "project.ProjectList",
        "iam.ApiKey",
        "iam.ApiKeyList",
        "iam.Application",
        "iam.ApplicationList",
        "iam.Policy",
        "iam.PolicyList",
        "iam.Rule",
        "iam.RuleList",
        "iam.Rules",
        "iam.PermissionSet",
        "iam.PermissionSetList",
      })
  void describesAnswersFieldByField(String name) throws ClassNotFoundException {
    Class<?> body = Class.forName("io.gantry.rest." + name + "Body");
    String schema = name.substring(name.indexOf('.') + 1);

    assertThat(at(document, "components", "schemas", schema, "properties").keySet())
        .map(Object::toString)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(body.getRecordComponents())
                .map(component -> new SnakeCaseStrategy().translate(component.getName()))
                .toList());
  }

  private static Set<String> routesOfTheCode() {
    return RESOURCES.stream()
        .flatMap(
            resource ->
                Stream.of(resource.getMethods())
                    .flatMap(
                        method ->
                            verb(method).stream()
                                .map(verb -> route(verb, path(resource) + path(method)))))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String path(AnnotatedElement element) {
    Path path = element.getAnnotation(Path.class);
    return path == null ? "" : path.value();
  }

  private static Optional<String> verb(Method method) {
    return Stream.of(method.getAnnotations())
        .map(Annotation::annotationType)
        .filter(type -> type.isAnnotationPresent(HttpMethod.class))
        .map(type -> requireNonNull(type.getAnnotation(HttpMethod.class)).value())
        .findFirst();
  }

  private static String route(String verb, String path) {
    return verb.toUpperCase(Locale.ROOT) + " " + path.replaceAll("\\{[^}]*}", "{}");
  }

  private static Map<?, ?> at(Map<?, ?> place, String... keys) {
    Map<?, ?> found = place;
    for (String key : keys) {
      found = (Map<?, ?>) requireNonNull(found.get(key), "nothing is said of " + key);
    }
    return found;
  }

  private static Map<?, ?> read() {
    try (InputStream in =
        requireNonNull(IdentityDocument.class.getResourceAsStream(IdentityDocument.RESOURCE))) {
      return new Yaml().load(in);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
