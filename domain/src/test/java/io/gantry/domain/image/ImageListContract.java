package io.gantry.domain.image;

import static io.gantry.domain.Catalogue.REGION;
import static io.gantry.domain.Catalogue.START;
import static io.gantry.domain.Catalogue.aProject;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How every {@link ImageRepository} lists. */
public abstract class ImageListContract extends ImageScene {

  @Test
  void listsNothingForNoProjects() {
    ImageFilter nothing = new ImageFilter(REGION, Set.of(), Optional.empty(), Optional.empty());

    assertThat(list(nothing)).isEqualTo(Page.empty());
  }

  @Test
  void leavesOutWhatIsNotPublished() {
    Namespace namespace = catalogue().addNamespace();
    var _ = catalogue().addImage(namespace, "app");

    assertThat(list(filter(namespace.project()))).isEqualTo(Page.empty());
  }

  @Test
  void filtersByProjectsNamespaceAndName() {
    ProjectId project = aProject();
    Namespace one = catalogue().addNamespace(project);
    Namespace two = catalogue().addNamespace(project);
    Namespace three = catalogue().addNamespace(aProject());
    ImageId a1 = catalogue().publishImage(one, "a");
    ImageId b1 = catalogue().publishImage(one, "b");
    ImageId a2 = catalogue().publishImage(two, "a");
    ImageId a3 = catalogue().publishImage(three, "a");
    Set<ProjectId> both = Set.of(project, three.project());
    Optional<ImageName> a = Optional.of(new ImageName("a"));

    assertThat(ids(new ImageFilter(REGION, both, Optional.empty(), Optional.empty())))
        .containsExactlyInAnyOrder(a1, b1, a2, a3);
    assertThat(ids(new ImageFilter(REGION, Set.of(project), Optional.empty(), a)))
        .containsExactlyInAnyOrder(a1, a2);
    assertThat(ids(new ImageFilter(REGION, both, Optional.of(one.id()), Optional.empty())))
        .containsExactlyInAnyOrder(a1, b1);
    assertThat(ids(new ImageFilter(REGION, both, Optional.of(one.id()), a))).containsExactly(a1);
    assertThat(
            ids(
                new ImageFilter(
                    REGION, Set.of(project), Optional.of(three.id()), Optional.empty())))
        .isEmpty();
  }

  @Test
  void isEmptyWithTheTotalPastTheEnd() {
    Namespace namespace = catalogue().addNamespace();
    var _ = catalogue().publishImage(namespace, "app");

    for (int number : new int[] {2, 50, Integer.MAX_VALUE}) {
      Page<Image> page =
          list(
              filter(namespace.project()), ImageOrder.CREATED_AT_ASC, new PageRequest(number, 100));
      assertThat(page).isEqualTo(new Page<>(List.of(), 1));
    }
  }

  @ParameterizedTest
  @EnumSource
  void pagesInEveryOrderNeitherOverlapNorLeaveOut(ImageOrder order) {
    Namespace namespace = catalogue().addNamespace();
    List<ImageId> added = new ArrayList<>();
    for (int i = 0; i < 7; i++) added.add(catalogue().publishImage(namespace, "app" + i));

    List<ImageId> seen = new ArrayList<>();
    for (int number = 1; number <= 4; number++) {
      Page<Image> page = list(filter(namespace.project()), order, new PageRequest(number, 2));
      assertThat(page.totalCount()).isEqualTo(7);
      seen.addAll(idsOf(page));
    }

    assertThat(seen).containsExactlyInAnyOrderElementsOf(added);
  }

  @ParameterizedTest
  @EnumSource
  void sortsByWhatTheOrderSays(ImageOrder order) {
    Namespace namespace = catalogue().addNamespace();
    ImageId b = addAt(namespace, "b-z", START.plusSeconds(2));
    ImageId a = addAt(namespace, "a", START.plusSeconds(1));
    ImageId c = addAt(namespace, "b.a", START.plusSeconds(3));
    delete(a);

    List<ImageId> ids = idsOf(list(filter(namespace.project()), order, PageRequest.first()));

    List<ImageId> ascending = new ArrayList<>(List.of(a, b, c));
    switch (order) {
      case CREATED_AT_ASC, NAME_ASC, STATUS_ASC, REGION -> {}
      case CREATED_AT_DESC, NAME_DESC, STATUS_DESC -> Collections.reverse(ascending);
    }
    assertThat(ids).isEqualTo(ascending);
  }

  private ImageId addAt(Namespace namespace, String name, Instant now) {
    ImageId image =
        catalogue().transaction(() -> images().findOrAdd(namespace.id(), new ImageName(name), now));
    touch(image, 0, now);
    return image;
  }

  private List<ImageId> ids(ImageFilter filter) {
    Page<Image> page = list(filter);
    assertThat(page.totalCount()).isEqualTo(page.items().size());
    return idsOf(page);
  }

  private static List<ImageId> idsOf(Page<Image> page) {
    return page.items().stream().map(Image::id).toList();
  }
}
