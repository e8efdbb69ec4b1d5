package io.gantry.rest;

import io.gantry.rest.error.RestErrors;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Stands for the service's own, which asks each adapter about the paths that are its. */
public final class UnroutedMapper {

  @ServerExceptionMapper
  public Response map(WebApplicationException e) {
    return RestErrors.toResponse(e);
  }
}
