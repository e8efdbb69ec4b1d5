package io.gantry.persistence.paging;

import io.gantry.domain.Catalogue;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.image.ImageName;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.hibernate.Session;

/** A project where namespaces and images come and go at random. */
final class ChangingProject {
  /** Those of images; most are of one name, and the others lie on both sides of it. */
  static final List<String> NAMES = List.of("ap", "app", "app2", "aq");

  private final ProjectId id = Catalogue.aProject();
  private final Catalogue catalogue;
  private final Session session;
  private final Random random;

  private final List<NamespaceId> homes;
  private final List<NamespaceId> empty = new ArrayList<>();
  private final List<ImageId> ready = new ArrayList<>();
  private final List<ImageId> hidden = new ArrayList<>();

  ChangingProject(Catalogue catalogue, Session session, Random random) {
    this.catalogue = catalogue;
    this.session = session;
    this.random = random;
    homes = Stream.generate(() -> catalogue.addNamespace(id).id()).limit(8).toList();
  }

  ProjectId id() {
    return id;
  }

  /** Changes something in a transaction of its own. */
  void change() {
    catalogue.run(nextChange());
  }

  /** What is to be done in a transaction. All that is random is decided already. */
  Runnable nextChange() {
    return switch (random.nextInt(10)) {
      case 0, 1 -> addNamespace();
      case 2 -> empty.isEmpty() ? addNamespace() : removeNamespace();
      case 3 -> empty.isEmpty() ? addNamespace() : changeNamespace();
      case 4 -> ready.isEmpty() ? push() : hide();
      case 5 -> hidden.isEmpty() ? push() : purge();
      default -> push();
    };
  }

  private Runnable addNamespace() {
    Namespace namespace = Catalogue.aNamespace(id, Catalogue.aNamespaceName(), anInstant());
    empty.add(namespace.id());
    return () -> catalogue.namespaces().add(namespace);
  }

  private Runnable removeNamespace() {
    NamespaceId namespace = taken(empty);
    return () -> catalogue.namespaces().remove(namespace);
  }

  private Runnable changeNamespace() {
    UUID namespace = empty.get(random.nextInt(empty.size())).value();
    String change =
        random.nextBoolean()
            ? "status = 'DELETING'"
            : "description = 'no. " + random.nextInt(5) + "'";
    return () -> update("namespace set " + change, namespace);
  }

  /** Often to an image that is there. */
  private Runnable push() {
    NamespaceId namespace = homes.get(random.nextInt(homes.size()));
    var name = new ImageName(random.nextBoolean() ? "app" : aName());
    Instant now = anInstant();
    return () -> {
      ImageId image = catalogue.images().findOrAdd(namespace, name, now);
      catalogue.images().touch(image, 1, now);
      if (!ready.contains(image)) ready.add(image);
    };
  }

  private Runnable hide() {
    ImageId image = taken(ready);
    hidden.add(image);
    return () -> update("image set status = 'DELETING'", image.value());
  }

  private Runnable purge() {
    ImageId image = taken(hidden);
    return () -> {
      var _ = catalogue.images().purge(image, 100);
    };
  }

  private void update(String what, UUID id) {
    var _ =
        session
            .createNativeMutationQuery("update " + what + " where id = :id")
            .setParameter("id", id)
            .executeUpdate();
  }

  private <T> T taken(List<T> from) {
    return from.remove(random.nextInt(from.size()));
  }

  private String aName() {
    return NAMES.get(random.nextInt(NAMES.size()));
  }

  /** So few that many rows have the same. */
  private Instant anInstant() {
    return Catalogue.START.plusMillis(random.nextInt(20));
  }
}
