package io.gantry.oci.catalog;

import java.util.List;

/** The answer of the catalog. */
record CatalogBody(List<String> repositories) {
  CatalogBody {
    repositories = List.copyOf(repositories);
  }
}
