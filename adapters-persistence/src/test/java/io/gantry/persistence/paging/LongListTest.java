package io.gantry.persistence.paging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.image.ImageFilter;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageOrder;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.namespace.NamespaceFilter;
import io.gantry.domain.namespace.NamespaceOrder;
import io.gantry.domain.namespace.NamespaceRepository;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.gantry.domain.tag.TagOrder;
import io.gantry.domain.tag.TagRepository;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.hibernate.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages so far from the beginning that lists are read from their end. */
@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class LongListTest {
  private static final Region REGION = new Region("fr-par");
  private static final int ROWS = 12_050;
  private static final List<Integer> PAGES = List.of(1, 50, 51, 60, 61, 62, 120, 121, 122);

  private static final String NAMESPACES =
      """
      insert into namespace (id, region, name, description, organization_id, project_id, status,
                             is_public, created_at, updated_at)
      select gen_random_uuid(), 'fr-par', :name || '-' || g * 7919 % 12050, 'No. ' || g % 100, :first,
             case g % 3 when 0 then cast(:second as uuid) else :first end,
             case g % 4 when 0 then 'DELETING' else 'READY' end, false,
             now() - g / 5 * interval '1 second', now()
      from generate_series(1, 12050) g
      """;

  private static final String COUNT_NAMESPACES =
      """
      insert into project_usage (project_id, region, shard, image_count, namespace_count)
      select project_id, region, 0, 0, count(*) from namespace
      where project_id in (:first, :second) group by 1, 2
      """;

  private static final String IMAGES =
      """
      insert into image (id, namespace_id, project_id, region, name, status, visibility, published,
                         size, created_at, updated_at)
      select gen_random_uuid(), (select id from namespace where project_id = p.id limit 1), p.id,
             'fr-par', 'image-' || g * 7919 % 12050,
             case g % 4 when 0 then 'DELETING' else 'READY' end, 'INHERIT', true, 0,
             now() - g / 5 * interval '1 second', now()
      from generate_series(1, 12050) g
      join (values (1, cast(:first as uuid)), (0, cast(:second as uuid))) p (odd, id)
        on p.odd = least(g % 3, 1)
      """;

  private static final String COUNT_IMAGES =
      """
      update project_usage u set image_count = (
        select count(*) from image where project_id = u.project_id)
      where u.project_id in (:first, :second)
      """;

  private static final String MANIFEST =
      """
      insert into manifest (image_id, digest, media_type, body, created_at)
      select id, 'sha256:' || repeat('0', 64), '', '', now() from image
      where project_id in (:first, :second) order by id limit 1 returning image_id
      """;

  private static final String TAGS =
      """
      insert into tag (id, image_id, name, digest, created_at, updated_at)
      select gen_random_uuid(), :image, 't' || g * 7919 % 12050, 'sha256:' || repeat('0', 64),
             now() - g / 5 * interval '1 second', now()
      from generate_series(1, 12050) g
      """;

  private final UUID first = UUID.randomUUID();
  private final UUID second = UUID.randomUUID();
  private final Set<ProjectId> projects = Set.of(new ProjectId(first), new ProjectId(second));

  @Inject Session session;
  @Inject NamespaceRepository namespaces;
  @Inject ImageRepository images;
  @Inject TagRepository tags;

  @ParameterizedTest
  @EnumSource
  void namespacesAreThoseOfASort(NamespaceOrder order) {
    addNamespaces();
    String keys =
        switch (order) {
          case CREATED_AT_ASC, REGION -> "created_at, id";
          case CREATED_AT_DESC -> "created_at desc, id desc";
          case NAME_ASC -> "name, id";
          case NAME_DESC -> "name desc, id desc";
          case DESCRIPTION_ASC -> "description collate \"C\", id";
          case DESCRIPTION_DESC -> "description collate \"C\" desc, id desc";
          case STATUS_ASC -> "status, created_at, id";
          case STATUS_DESC -> "status desc, created_at desc, id desc";
        };
    var filter = new NamespaceFilter(REGION, projects, Optional.empty());

    assertSame(
        sorted("namespace where project_id in (:first, :second) order by " + keys),
        page -> namespaces.list(filter, order, page).map(one -> one.id().value()));
  }

  @ParameterizedTest
  @EnumSource
  void imagesAreThoseOfASort(ImageOrder order) {
    addNamespaces();
    execute(IMAGES);
    execute(COUNT_IMAGES);
    String keys =
        switch (order) {
          case CREATED_AT_ASC, REGION -> "created_at, id";
          case CREATED_AT_DESC -> "created_at desc, id desc";
          case NAME_ASC -> "name, created_at, id";
          case NAME_DESC -> "name desc, created_at desc, id desc";
          case STATUS_ASC -> "status, created_at, id";
          case STATUS_DESC -> "status desc, created_at desc, id desc";
        };
    var filter = new ImageFilter(REGION, projects, Optional.empty(), Optional.empty());

    assertSame(
        sorted("image where project_id in (:first, :second) order by " + keys),
        page -> images.list(filter, order, page).map(one -> one.id().value()));
  }

  @ParameterizedTest
  @EnumSource
  void tagsAreThoseOfASort(TagOrder order) {
    addNamespaces();
    execute(IMAGES);
    UUID image = addTags();
    String keys =
        switch (order) {
          case CREATED_AT_ASC, STATUS_ASC, REGION -> "created_at, id";
          case CREATED_AT_DESC, STATUS_DESC -> "created_at desc, id desc";
          case NAME_ASC -> "name";
          case NAME_DESC -> "name desc";
        };

    assertSame(
        sorted("tag where image_id = '" + image + "' order by " + keys),
        page ->
            tags.list(new ImageId(image), Optional.empty(), order, page)
                .map(one -> one.id().value()));
  }

  private static void assertSame(List<UUID> all, Function<PageRequest, Page<UUID>> list) {
    assertThat(all).hasSize(ROWS);
    for (int number : PAGES) {
      var page = list.apply(new PageRequest(number, 100));
      assertThat(page.totalCount()).isEqualTo(ROWS);
      assertThat(page.items())
          .as("page %d", number)
          .isEqualTo(all.stream().skip((number - 1) * 100L).limit(100).toList());
    }
  }

  private void addNamespaces() {
    inTransaction(
        () ->
            session
                .createNativeMutationQuery(NAMESPACES)
                .setParameter("first", first)
                .setParameter("second", second)
                .setParameter("name", first.toString())
                .executeUpdate());
    execute(COUNT_NAMESPACES);
  }

  private UUID addTags() {
    UUID image =
        inTransaction(
            () ->
                session
                    .createNativeQuery(MANIFEST, UUID.class)
                    .setParameter("first", first)
                    .setParameter("second", second)
                    .getSingleResult());
    inTransaction(
        () -> session.createNativeMutationQuery(TAGS).setParameter("image", image).executeUpdate());
    return image;
  }

  private void execute(String sql) {
    inTransaction(
        () ->
            session
                .createNativeMutationQuery(sql)
                .setParameter("first", first)
                .setParameter("second", second)
                .executeUpdate());
  }

  private List<UUID> sorted(String from) {
    return inTransaction(
        () -> {
          var query = session.createNativeQuery("select id from " + from, UUID.class);
          if (from.contains(":first")) {
            query.setParameter("first", first).setParameter("second", second);
          }
          return query.getResultList();
        });
  }

  private static <T> T inTransaction(Callable<T> work) {
    return QuarkusTransaction.requiringNew().call(work);
  }
}
