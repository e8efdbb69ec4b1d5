package io.gantry.domain.pull;

import static io.gantry.domain.Catalogue.REGION;
import static io.gantry.domain.Catalogue.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.image.Image;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.image.Visibility;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.Region;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How every {@link PullQueries} lists repositories. */
public abstract class RepositoryListContract extends PullScene {

  @Test
  void areThoseOfTheProjectsAndThosePublic() {
    Namespace ours = catalogue().addNamespace();
    Namespace theirs = catalogue().addNamespace();
    Namespace open = catalogue().addNamespace();
    catalogue().run(() -> catalogue().namespaces().update(open.makePublic(true, START)));
    var _ = catalogue().publishImage(ours, "app");
    var _ = catalogue().publishImage(theirs, "hidden");
    show(catalogue().publishImage(theirs, "shown"), Visibility.PUBLIC);
    var _ = catalogue().publishImage(open, "shown");
    show(catalogue().publishImage(open, "hidden"), Visibility.PRIVATE);

    List<RepositoryPath> seen = list(Set.of(ours.project()));

    assertThat(seen).contains(path(ours, "app"), path(theirs, "shown"), path(open, "shown"));
    assertThat(seen).doesNotContain(path(theirs, "hidden"), path(open, "hidden"));
    assertThat(list(Set.of())).doesNotContain(path(ours, "app"));
    assertThat(list(Set.of())).contains(path(theirs, "shown"), path(open, "shown"));
  }

  @Test
  void areOnlyThoseThatCanBePulledFrom() {
    Namespace namespace = catalogue().addNamespace();
    var _ = catalogue().addImage(namespace, "unpublished");
    ImageId deleted = catalogue().publishImage(namespace, "deleted");
    var _ = catalogue().publishImage(namespace, "there");
    Image image = catalogue().image(deleted);
    catalogue().run(() -> catalogue().images().update(image.delete(START)));

    assertThat(of(namespace, Optional.empty(), 10)).containsExactly("there");
    assertThat(
            read(
                () ->
                    pulls()
                        .repositories(
                            new Region("nl-ams"),
                            Set.of(namespace.project()),
                            Optional.empty(),
                            10)))
        .isEmpty();

    catalogue().run(() -> catalogue().namespaces().update(namespace.delete(START)));
    assertThat(of(namespace, Optional.empty(), 10)).isEmpty();
  }

  @Test
  void comeInOrderFromAnywhere() {
    Namespace namespace = catalogue().addNamespace();
    for (String name : List.of("b", "a/b", "a", "a-b", "c")) {
      var _ = catalogue().publishImage(namespace, name);
    }
    String prefix = namespace.name() + "/";

    assertThat(of(namespace, Optional.empty(), 3)).containsExactly("a", "a-b", "a/b");
    assertThat(of(namespace, Optional.of(prefix + "a/b"), 3)).containsExactly("b", "c");
    assertThat(of(namespace, Optional.of(prefix + "a/"), 2)).containsExactly("a/b", "b");
    assertThat(of(namespace, Optional.of(prefix + "a\u0000"), 1)).containsExactly("a-b");
    assertThat(of(namespace, Optional.of(namespace.name().value()), 1)).containsExactly("a");
    assertThat(of(namespace, Optional.of(prefix + "c"), 3)).isEmpty();
    assertThat(of(namespace, Optional.of("~"), 3)).isEmpty();
  }

  @Test
  void goOnInTheNextNamespace() {
    Namespace first = catalogue().addNamespace();
    Namespace second = catalogue().addNamespace(first.project());
    List<RepositoryPath> all = new ArrayList<>();
    for (Namespace namespace : List.of(first, second)) {
      for (String name : List.of("x", "y")) {
        var _ = catalogue().publishImage(namespace, name);
        all.add(path(namespace, name));
      }
    }
    all.sort(
        Comparator.comparing((RepositoryPath p) -> p.namespace().value())
            .thenComparing(p -> p.image().value()));

    List<RepositoryPath> seen = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Optional<String> last =
          seen.isEmpty() ? Optional.empty() : Optional.of(seen.getLast().toString());
      seen.addAll(own(first, last, 1));
    }

    assertThat(seen).isEqualTo(all);
  }

  private List<RepositoryPath> list(Set<ProjectId> projects) {
    return read(() -> pulls().repositories(REGION, projects, Optional.empty(), 10_000));
  }

  /** Without what other tests made public meanwhile. */
  private List<RepositoryPath> own(Namespace namespace, Optional<String> last, int limit) {
    return read(() -> pulls().repositories(REGION, Set.of(namespace.project()), last, 10_000))
        .stream()
        .filter(path -> projectOf(path).equals(namespace.project()))
        .limit(limit)
        .toList();
  }

  private ProjectId projectOf(RepositoryPath path) {
    return catalogue()
        .transaction(() -> catalogue().images().resolve(REGION, path))
        .orElseThrow()
        .project();
  }

  private List<String> of(Namespace namespace, Optional<String> last, int limit) {
    return own(namespace, last, limit).stream().map(path -> path.image().value()).toList();
  }

  private void show(ImageId id, Visibility visibility) {
    Image image = catalogue().image(id);
    catalogue().run(() -> catalogue().images().update(image.withVisibility(visibility, START)));
  }
}
