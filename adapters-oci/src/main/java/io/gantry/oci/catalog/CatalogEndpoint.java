package io.gantry.oci.catalog;

import io.gantry.application.repository.ListRepositories;
import io.gantry.application.repository.ListRepositories.Slice;
import io.gantry.domain.access.Caller;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Region;
import io.gantry.oci.OciLimits;
import io.gantry.oci.OciResponses;
import io.gantry.oci.paging.PageQuery;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.util.List;

/**
 * {@code /v2/_catalog}: the repositories the caller may pull from, by pages. No part of OCI
 * Distribution, but of the protocol it grew from, Docker Registry HTTP API V2 "Listing
 * Repositories".
 */
@Singleton
public final class CatalogEndpoint {
  private final ListRepositories listRepositories;
  private final OciResponses responses;
  private final OciLimits limits;

  CatalogEndpoint(ListRepositories listRepositories, OciResponses responses, OciLimits limits) {
    this.listRepositories = listRepositories;
    this.responses = responses;
    this.limits = limits;
  }

  public Response list(HttpServerRequest http, Caller caller, Region region) {
    PageQuery page = PageQuery.of(http, limits.tagsPerPage());
    Slice slice = listRepositories.handle(caller, region, page.last(), page.limit());
    List<String> names = slice.repositories().stream().map(RepositoryPath::toString).toList();
    return responses
        .withJson(
            page.linkTo(OciResponses.status(200), "/v2/_catalog", slice.more(), names),
            new CatalogBody(names))
        .build();
  }
}
