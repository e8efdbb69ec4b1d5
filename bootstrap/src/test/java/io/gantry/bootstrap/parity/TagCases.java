package io.gantry.bootstrap.parity;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrap.running.Tenants;
import io.gantry.domain.tag.TagOrder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each operation on tags does; all of them were pushed. */
interface TagCases extends EveryOperationCases {
  Fixture fixture();

  /** Pushes one small image under all these tags and returns it. */
  Answer push(Answer namespace, String image, String... tags);

  private Call list() {
    return Call.of("ListTags").with("image_id", fixture().imageId);
  }

  /** A new image of two tags that point at one manifest. */
  private Answer twins() {
    return push(createNamespace(Map.of()), "app", "one", "two");
  }

  private Call about(String operation, Answer image, String tag) {
    Answer found = ask(Call.of("ListTags").with("image_id", image.text("id")).with("name", tag));
    return Call.of(operation).with("tag_id", found.column("tags", "id").getFirst());
  }

  @Test
  default void showsTheTagThatWasPushed() {
    Answer image = twins();

    Answer tag = ask(about("GetTag", image, "one"));

    assertThat(tag.text("name")).isEqualTo("one");
    assertThat(tag.text("image_id")).isEqualTo(image.text("id"));
    assertThat(tag.text("status")).isEqualTo("ready");
    assertThat(tag.text("digest")).startsWith("sha256:");
  }

  @Test
  default void keepsATagWhoseDigestHasAnother() {
    Answer image = twins();

    ask(about("DeleteTag", image, "one"))
        .isFailure("PreconditionFailed", "precondition", "resource_still_in_use");
    assertThat(ask(about("GetTag", image, "one")).text("status")).isEqualTo("ready");
  }

  @Test
  default void deletesOneOfTwoTagsIfForced() {
    Answer image = twins();
    Call delete = about("DeleteTag", image, "one").with("force", true);

    Answer deleted = ask(delete);

    assertThat(deleted.text("status")).isEqualTo("deleting");
    assertThat(deleted.text("name")).isEqualTo("one");
    ask(delete).isFailure("NotFound", "message", "Tag was not found");
    assertThat(
            ask(Call.of("GetImage").with("image_id", image.text("id")))
                .body()
                .path("tags")
                .toString())
        .isEqualTo("[\"two\"]");
  }

  @Test
  default void deletesTheLastTagOfADigest() {
    Answer image = push(createNamespace(Map.of()), "app", "only");

    assertThat(ask(about("DeleteTag", image, "only")).text("status")).isEqualTo("deleting");
    assertThat(ask(Call.of("ListTags").with("image_id", image.text("id"))).column("tags", "id"))
        .isEmpty();
  }

  @Test
  default void refusesReadersWhoWantToDeleteATag() {
    Answer image = twins();

    ask(about("DeleteTag", image, "one").with("force", true).as(Tenants.READER))
        .isFailure("PermissionDenied");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GetTag", "DeleteTag"})
  default void hidesTagsFromOtherOrganizations(String operation) {
    Call call = about(operation, twins(), "one");

    ask(call.as(Tenants.FOREIGNER)).isFailure("NotFound");
    ask(call.with("region", "nl-ams")).isFailure("NotFound");
  }

  @ParameterizedTest
  @EnumSource(TagOrder.class)
  default void listsTagsInEveryOrder(TagOrder order) {
    isInOrder(list(), "tags", order);
    pagesAreTheListInPieces(list().with("order_by", order.name().toLowerCase(Locale.ROOT)), "tags");
  }

  @Test
  default void filtersTags() {
    assertThat(ask(list().with("name", "v2")).column("tags", "name")).isEqualTo(List.of("v2"));
    assertThat(ask(list().with("name", "v")).column("tags", "name")).isEmpty();
    assertThat(ask(list()).column("tags", "name"))
        .containsExactlyInAnyOrderElementsOf(Fixture.TAGS);
  }

  @Test
  default void hidesTheTagsOfAnImageFromOtherOrganizations() {
    ask(list().as(Tenants.FOREIGNER)).isFailure("NotFound");
  }
}
