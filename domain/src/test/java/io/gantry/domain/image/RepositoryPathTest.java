package io.gantry.domain.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gantry.domain.error.RegistryException;
import io.gantry.domain.namespace.NamespaceName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RepositoryPathTest {

  @Test
  void splitsAtTheFirstSlash() {
    RepositoryPath path = RepositoryPath.parse("demo/a/b");

    assertThat(path)
        .isEqualTo(new RepositoryPath(new NamespaceName("demo"), new ImageName("a/b")))
        .hasToString("demo/a/b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "demo", "demo/", "/app", "abc/app", "demo//app", "Demo/app", "demo/App"})
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> RepositoryPath.parse(text)).isInstanceOf(RegistryException.class);
  }
}
