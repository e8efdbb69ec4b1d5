package io.gantry.application.repository;

import static io.gantry.application.repository.DataPlane.REGION;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Scope;
import io.gantry.domain.namespace.Region;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GrantScopesTest {
  private static final Scope EVERYTHING =
      new Scope("demo/app", Set.of(Action.PULL, Action.PUSH, Action.DELETE));
  private static final Scope PULLING = new Scope("demo/app", Set.of(Action.PULL));

  private final DataPlane plane = new DataPlane();
  private final GrantScopes grantScopes = new GrantScopes(plane.repositories, plane.unitOfWork);

  @Test
  void grantsAnOwnerAll() {
    assertThat(grant(plane.owner, EVERYTHING)).containsExactly(EVERYTHING);
  }

  @Test
  void grantsAReaderPullingOnly() {
    assertThat(grant(plane.reader, EVERYTHING)).containsExactly(PULLING);
  }

  @Test
  void grantsOthersNothingUnlessItIsPublic() {
    assertThat(grant(plane.stranger, EVERYTHING)).isEmpty();
    assertThat(grant(Caller.ANONYMOUS, EVERYTHING)).isEmpty();
    plane.makeDemoPublic();
    assertThat(grant(Caller.ANONYMOUS, EVERYTHING)).isEmpty();
    var _ = plane.addImage("app");
    assertThat(grant(plane.stranger, EVERYTHING)).containsExactly(PULLING);
    assertThat(grant(Caller.ANONYMOUS, EVERYTHING)).containsExactly(PULLING);
  }

  @Test
  void grantsOnlyWhatIsAskedFor() {
    assertThat(grant(plane.owner, PULLING)).containsExactly(PULLING);
    assertThat(grant(plane.owner, new Scope("demo/app", Set.of()))).isEmpty();
    assertThat(grant(plane.owner)).isEmpty();
  }

  @Test
  void grantsNothingOnWhatIsNotThere() {
    assertThat(
            grant(
                plane.owner,
                new Scope("none/app", Set.of(Action.PULL)),
                new Scope("not a name", Set.of(Action.PULL)),
                new Scope("", Set.of(Action.PULL))))
        .isEmpty();
    assertThat(grantScopes.handle(plane.owner, new Region("nl-ams"), List.of(PULLING))).isEmpty();
  }

  private Set<Scope> grant(Caller caller, Scope... asked) {
    return grantScopes.handle(caller, REGION, List.of(asked));
  }
}
