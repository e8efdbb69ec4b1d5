package io.gantry.domain.namespace;

import static io.gantry.domain.Catalogue.REGION;
import static io.gantry.domain.Catalogue.START;

import io.gantry.domain.Catalogue;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Namespaces, and what is asked of a {@link NamespaceRepository} about them. */
abstract class NamespaceScene {
  static final Instant LATER = START.plusSeconds(60);

  protected abstract Catalogue catalogue();

  final NamespaceRepository namespaces() {
    return catalogue().namespaces();
  }

  final Namespace delete(Namespace namespace) {
    Namespace deleted = namespace.delete(LATER);
    catalogue().run(() -> namespaces().update(deleted));
    return deleted;
  }

  final Page<Namespace> list(NamespaceFilter filter, NamespaceOrder order) {
    return catalogue().transaction(() -> namespaces().list(filter, order, PageRequest.first()));
  }

  static NamespaceFilter filter(ProjectId project) {
    return new NamespaceFilter(REGION, Set.of(project), Optional.empty());
  }

  static List<NamespaceName> namesOf(Page<Namespace> page) {
    return namesOf(page.items());
  }

  static List<NamespaceName> namesOf(List<Namespace> namespaces) {
    return namespaces.stream().map(Namespace::name).toList();
  }
}
