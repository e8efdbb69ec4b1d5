package io.gantry.bootstrap.web;

import io.gantry.oci.OciResponses;
import io.gantry.oci.error.OciErrorBody;
import io.gantry.rest.error.RestErrors;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Answers what the framework refuses before a resource is reached (no such path, no such method) in
 * the form of the face whose path it is.
 */
final class UnroutedMapper {
  private final OciResponses oci;

  UnroutedMapper(OciResponses oci) {
    this.oci = oci;
  }

  @ServerExceptionMapper
  public Response map(WebApplicationException exception, UriInfo uri) {
    String path = uri.getRequestUri().getRawPath();
    if (Refusals.isOfDataPlane(path)) {
      return oci.json(
          exception.getResponse().getStatus(),
          OciErrorBody.of("UNSUPPORTED", "this endpoint does not have this method"));
    }
    return RestErrors.toResponse(exception);
  }
}
