package io.gantry.persistence.namespace;

import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceFilter;
import io.gantry.domain.namespace.NamespaceOrder;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.gantry.persistence.Statements;

/** Lists of namespaces that count as long when they have a few. */
public final class NamespaceLists {
  private NamespaceLists() {}

  /** As {@code NamespaceRepository.list}; pages not {@code near} to an end are looked for. */
  public static Page<Namespace> list(
      Statements statements,
      long near,
      NamespaceFilter filter,
      NamespaceOrder order,
      PageRequest page) {
    return new NamespaceQueries(statements, near).list(filter, order, page);
  }
}
