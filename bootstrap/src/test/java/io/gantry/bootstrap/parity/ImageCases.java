package io.gantry.bootstrap.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrap.running.Deadline;
import io.gantry.bootstrap.running.Tenants;
import io.gantry.domain.image.ImageOrder;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each operation on images does; all of them were pushed. */
interface ImageCases extends EveryOperationCases {
  Fixture fixture();

  /** Pushes one small image under all these tags and returns it. */
  Answer push(Answer namespace, String image, String... tags);

  private Call list() {
    return Call.of("ListImages").with("namespace_id", fixture().namespaceId);
  }

  private Call about(String operation, Answer image) {
    return Call.of(operation).with("image_id", image.text("id"));
  }

  private Answer pushed() {
    return push(createNamespace(Map.of()), "app", "1");
  }

  @Test
  default void showsWhatWasPushed() {
    Answer namespace = createNamespace(Map.of());
    Answer image = push(namespace, "tools/app", "1");

    assertThat(image.text("name")).isEqualTo("tools/app");
    assertThat(image.text("namespace_id")).isEqualTo(namespace.text("id"));
    assertThat(image.text("status")).isEqualTo("ready");
    assertThat(image.text("visibility")).isEqualTo("inherit");
    assertThat(image.body().path("tags")).hasSize(1);
    assertThat(image.body().path("size").asLong()).isPositive();
    Answer after = ask(Call.of("GetNamespace").with("namespace_id", namespace.text("id")));
    assertThat(after.text("image_count")).isEqualTo("1");
    assertThat(after.text("size")).isEqualTo(image.text("size"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"public", "private", "inherit"})
  default void changesVisibility(String visibility) {
    Answer image = pushed();

    Answer changed = ask(about("UpdateImage", image).with("visibility", visibility));

    assertThat(changed.text("visibility")).isEqualTo(visibility);
    assertThat(ask(about("GetImage", image))).isEqualTo(changed);
    assertThat(ask(about("UpdateImage", image)).text("visibility")).isEqualTo(visibility);
  }

  @ParameterizedTest
  @ValueSource(strings = {"unspecified", "secret"})
  default void refusesVisibilitiesThatDoNotExist(String visibility) {
    ask(about("UpdateImage", pushed()).with("visibility", visibility))
        .isFailure("InvalidArgument", "argument", "visibility");
  }

  @Test
  default void refusesReadersWhoWantToChangeAnImage() {
    Answer image = pushed();

    ask(about("UpdateImage", image).with("visibility", "public").as(Tenants.READER))
        .isFailure("PermissionDenied");
    ask(about("DeleteImage", image).as(Tenants.READER)).isFailure("PermissionDenied");
    assertThat(ask(about("GetImage", image).as(Tenants.READER))).isEqualTo(image);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GetImage", "UpdateImage", "DeleteImage"})
  default void hidesImagesFromOtherOrganizations(String operation) {
    Answer image = pushed();

    ask(about(operation, image).as(Tenants.FOREIGNER)).isFailure("NotFound");
    ask(about(operation, image).with("region", "nl-ams")).isFailure("NotFound");
  }

  @Test
  default void deletesAnImageForGood() {
    Answer image = pushed();

    Answer deleted = ask(about("DeleteImage", image));

    assertThat(deleted.text("id")).isEqualTo(image.text("id"));
    assertThat(deleted.text("status")).isEqualTo("deleting");
    Deadline.in(Duration.ofSeconds(60))
        .await(
            () -> face().call(about("GetImage", image)) instanceof Answer.Failure,
            () -> "the image is still there");
    ask(about("GetImage", image)).isFailure("NotFound");
    ask(about("DeleteImage", image)).isFailure("NotFound");
  }

  @ParameterizedTest
  @EnumSource(ImageOrder.class)
  default void listsImagesInEveryOrder(ImageOrder order) {
    isInOrder(list(), "images", order);
    pagesAreTheListInPieces(
        list().with("order_by", order.name().toLowerCase(Locale.ROOT)), "images");
  }

  @Test
  default void listsImagesByAge() {
    assertThat(ask(list()).column("images", "name")).isEqualTo(Fixture.IMAGES);
  }

  @Test
  default void filtersImages() {
    assertThat(ask(list().with("name", "web/front")).column("images", "name"))
        .containsExactly("web/front");
    assertThat(ask(list().with("name", "web")).column("images", "name")).isEmpty();
    assertThat(ask(list().with("project_id", Tenants.PROJECT)).column("images", "name")).isEmpty();
    assertThat(
            ask(Call.of("ListImages").with("project_id", Tenants.OTHER_PROJECT))
                .column("images", "name"))
        .isEqualTo(Fixture.IMAGES);
    assertThat(ask(list().with("organization_id", Tenants.ORGANIZATION)).column("images", "name"))
        .isEqualTo(Fixture.IMAGES);
    assertThat(ask(list().as(Tenants.FOREIGNER)).column("images", "name")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"namespace_id", "project_id", "organization_id"})
  default void refusesImageFiltersThatAreNoIds(String filter) {
    ask(Call.of("ListImages").with(filter, "x")).isFailure("InvalidArgument", "argument", filter);
  }
}
