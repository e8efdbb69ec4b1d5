package io.gantry.rest.namespace;

import io.gantry.application.access.Regions;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.paging.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of namespaces on the wire. */
@RegisterForReflection
record NamespaceListBody(List<NamespaceBody> namespaces, long totalCount) {

  static NamespaceListBody from(Page<Namespace> page, Regions regions) {
    return new NamespaceListBody(
        page.map(namespace -> NamespaceBody.from(namespace, regions)).items(), page.totalCount());
  }
}
