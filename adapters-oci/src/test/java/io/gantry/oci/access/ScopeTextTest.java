package io.gantry.oci.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.access.Action;
import io.gantry.domain.access.Scope;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScopeTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repository:demo/app:pull,push",
        "repository:demo/app:push,pull",
        "repository(plugin):demo/app:pull,push",
        "repository:demo/app:pull,push,fly",
        "repository:demo/app:push,pull,pull"
      })
  void readsActionsAsASet(String text) {
    assertThat(ScopeText.parse(List.of(text)))
        .containsExactly(new Scope("demo/app", Set.of(Action.PULL, Action.PUSH)));
  }

  @Test
  void readsAStarAsEveryAction() {
    assertThat(ScopeText.parse(List.of("repository:demo/app:*")))
        .containsExactly(new Scope("demo/app", Set.of(Action.PULL, Action.PUSH, Action.DELETE)));
  }

  @Test
  void splitsAtTheFirstAndTheLastColon() {
    assertThat(ScopeText.parse(List.of("repository:localhost:5000/app:pull")))
        .containsExactly(new Scope("localhost:5000/app", Set.of(Action.PULL)));
  }

  @Test
  void readsSeveralParametersAndSeveralScopesInOne() {
    assertThat(
            ScopeText.parse(
                List.of(
                    "repository:demo/a:pull repository:demo/b:push", "repository:demo/c:delete")))
        .extracting(Scope::repository)
        .containsExactly("demo/a", "demo/b", "demo/c");
  }

  @Test
  void readsAndWritesTheCatalog() {
    assertThat(ScopeText.parse(List.of("registry:catalog:*"))).containsExactly(Scope.CATALOG);
    assertThat(ScopeText.write(Scope.CATALOG)).isEqualTo("registry:catalog:*");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "repository",
        "repository:demo/app",
        "registry:catalog:pull",
        "::",
        "a:b:c"
      })
  void passesOverWhatIsNotAboutARepository(String text) {
    assertThat(ScopeText.parse(List.of(text))).isEmpty();
  }

  @Test
  void passesOverUnknownActions() {
    assertThat(ScopeText.parse(List.of("repository:demo/app:fly")))
        .containsExactly(new Scope("demo/app", Set.of()));
  }

  @Test
  void readsABoundedNumberOfScopes() {
    assertThat(ScopeText.parse(Collections.nCopies(10_000, "repository:demo/app:pull")))
        .hasSize(64);
  }

  @Test
  void passesOverAScopeThatIsTooLong() {
    assertThat(ScopeText.parse(List.of("repository:" + "a".repeat(2000) + ":pull"))).isEmpty();
  }

  @Test
  void writesAsAChallengeSaysIt() {
    assertThat(ScopeText.write(new Scope("demo/app", EnumSet.of(Action.PUSH, Action.PULL))))
        .isEqualTo("repository:demo/app:pull,push");
    assertThat(ScopeText.write(new Scope("demo/app", EnumSet.of(Action.DELETE))))
        .isEqualTo("repository:demo/app:delete");
  }

  @Test
  void readsAnyTextWithoutFailing() {
    String alphabet = "repository:pull,push* ()/\0\ud83d";
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(random.nextBoolean() ? "repository:" : "");
      for (int n = random.nextInt(40); n > 0; n--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(ScopeText.parse(List.of(text.toString()))).isNotNull();
    }
  }
}
