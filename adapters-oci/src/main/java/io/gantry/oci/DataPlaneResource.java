package io.gantry.oci;

import io.gantry.application.access.Regions;
import io.gantry.application.upload.BodyMemory;
import io.gantry.domain.access.Action;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.Principal.Anonymous;
import io.gantry.domain.access.Scope;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.Unauthenticated.Cause;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Region;
import io.gantry.oci.access.Challenge.Wanted;
import io.gantry.oci.access.Credentials;
import io.gantry.oci.blob.BlobEndpoint;
import io.gantry.oci.catalog.CatalogEndpoint;
import io.gantry.oci.error.OciErrorBody;
import io.gantry.oci.manifest.ManifestEndpoint;
import io.gantry.oci.referrer.ReferrersEndpoint;
import io.gantry.oci.route.OciPath;
import io.gantry.oci.route.OciRoute;
import io.gantry.oci.route.OciRoute.Base;
import io.gantry.oci.route.OciRoute.Catalog;
import io.gantry.oci.route.OciRoute.OfBlob;
import io.gantry.oci.route.OciRoute.OfManifest;
import io.gantry.oci.route.OciRoute.OfReferrers;
import io.gantry.oci.route.OciRoute.OfTags;
import io.gantry.oci.route.OciRoute.OfUpload;
import io.gantry.oci.route.OciRoute.OfUploads;
import io.gantry.oci.route.OciRoute.Unknown;
import io.gantry.oci.tag.TagsEndpoint;
import io.gantry.oci.upload.UploadEndpoint;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * OCI Distribution, "Endpoints": which method on which route is which endpoint. Repository names
 * are of any depth and may contain the routes' own words, so the path is read by {@link OciPath}.
 */
@Path("/v2{path:(/.*)?}")
@Consumes(MediaType.WILDCARD)
@RunOnVirtualThread
public final class DataPlaneResource {
  private final Credentials credentials;
  private final Regions regions;
  private final OciResponses responses;
  private final BlobEndpoint blobs;
  private final UploadEndpoint uploads;
  private final ManifestEndpoint manifests;
  private final TagsEndpoint tags;
  private final ReferrersEndpoint referrers;
  private final CatalogEndpoint catalog;
  private final OciLimits limits;
  private final BodyMemory memory;
  private final StalledClients stalled;

  DataPlaneResource(
      Credentials credentials,
      Regions regions,
      OciResponses responses,
      BlobEndpoint blobs,
      UploadEndpoint uploads,
      ManifestEndpoint manifests,
      TagsEndpoint tags,
      ReferrersEndpoint referrers,
      CatalogEndpoint catalog,
      OciLimits limits,
      BodyMemory memory,
      StalledClients stalled) {
    this.credentials = credentials;
    this.regions = regions;
    this.responses = responses;
    this.blobs = blobs;
    this.uploads = uploads;
    this.manifests = manifests;
    this.tags = tags;
    this.referrers = referrers;
    this.catalog = catalog;
    this.limits = limits;
    this.memory = memory;
    this.stalled = stalled;
  }

  @GET
  public Response get(@Context HttpServerRequest http) {
    return serve(
        http,
        Action.PULL,
        (route, caller, request) ->
            switch (route) {
              case OfBlob(_, var digest) -> blobs.get(request.get(), digest);
              case OfManifest(_, var reference) -> manifests.get(request.get(), reference);
              case OfTags _ -> tags.list(request.get());
              case OfReferrers(_, var subject) -> referrers.list(request.get(), subject);
              case Catalog _ -> catalog.list(http, caller, regionOf(http));
              case OfUpload(_, var id) -> uploads.status(request.get(), id);
              case Base _ -> responses.json(200, new Empty());
              case OfUploads _, Unknown _ -> notOffered(route);
            });
  }

  @HEAD
  public Response head(@Context HttpServerRequest http) {
    return serve(
        http,
        Action.PULL,
        (route, caller, request) ->
            switch (route) {
              case OfBlob(_, var digest) -> blobs.head(request.get(), digest);
              case OfManifest(_, var reference) -> manifests.head(request.get(), reference);
              case OfTags _ -> tags.list(request.get());
              case OfReferrers(_, var subject) -> referrers.list(request.get(), subject);
              case Catalog _ -> catalog.list(http, caller, regionOf(http));
              case OfUpload(_, var id) -> uploads.status(request.get(), id);
              case Base _ -> responses.json(200, new Empty());
              case OfUploads _, Unknown _ -> notOffered(route);
            });
  }

  @POST
  public Response post(@Context HttpServerRequest http) {
    try (var body = new RequestBody(http, limits, memory, stalled)) {
      return serve(
          http,
          Action.PUSH,
          (route, caller, request) ->
              switch (route) {
                case OfUploads _ -> uploads.start(request.get(), body);
                case Base _,
                    Catalog _,
                    OfBlob _,
                    OfManifest _,
                    OfReferrers _,
                    OfTags _,
                    OfUpload _,
                    Unknown _ ->
                    notOffered(route);
              });
    }
  }

  @PATCH
  public Response patch(@Context HttpServerRequest http) {
    try (var body = new RequestBody(http, limits, memory, stalled)) {
      return serve(
          http,
          Action.PUSH,
          (route, caller, request) ->
              switch (route) {
                case OfUpload(_, var id) -> uploads.append(request.get(), id, body);
                case Base _,
                    Catalog _,
                    OfBlob _,
                    OfManifest _,
                    OfReferrers _,
                    OfTags _,
                    OfUploads _,
                    Unknown _ ->
                    notOffered(route);
              });
    }
  }

  @PUT
  public Response put(@Context HttpServerRequest http) {
    try (var body = new RequestBody(http, limits, memory, stalled)) {
      return serve(
          http,
          Action.PUSH,
          (route, caller, request) ->
              switch (route) {
                case OfUpload(_, var id) -> uploads.commit(request.get(), id, body);
                case OfManifest(_, var reference) -> manifests.put(request.get(), reference, body);
                case Base _, Catalog _, OfBlob _, OfReferrers _, OfTags _, OfUploads _, Unknown _ ->
                    notOffered(route);
              });
    }
  }

  @DELETE
  public Response delete(@Context HttpServerRequest http) {
    return serve(
        http,
        Action.DELETE,
        (route, caller, request) ->
            switch (route) {
              case OfBlob(_, var digest) -> blobs.delete(request.get(), digest);
              case OfManifest(_, var reference) -> manifests.delete(request.get(), reference);
              case OfUpload(_, var id) -> uploads.cancel(request.get(), id);
              case Base _, Catalog _, OfReferrers _, OfTags _, OfUploads _, Unknown _ ->
                  notOffered(route);
            });
  }

  private record Empty() {}

  /** What an endpoint is given; the request is present on every route with a repository. */
  private interface Dispatch {
    Response handle(OciRoute route, Caller caller, Optional<OciRequest> request);
  }

  /** Finds out who calls and what for, and turns every failure into the protocol's answer. */
  private Response serve(HttpServerRequest http, Action action, Dispatch dispatch) {
    OciRoute route = OciPath.parse(Objects.requireNonNullElse(http.path(), ""));
    Optional<String> name = repositoryName(route);
    try {
      Caller caller = credentials.caller(http.getHeader("Authorization"));
      if (route instanceof Base) requireSomebody(caller);
      Optional<OciRequest> request =
          name.map(n -> new OciRequest(http, caller, regionOf(http), RepositoryPath.parse(n)));
      return dispatch.handle(route, caller, request);
    } catch (RegistryException e) {
      return responses.failure(http, wanted(route, action), e);
    } catch (RuntimeException e) {
      return responses.bug(http, e);
    }
  }

  /** What a token is needed for; nothing if the path names what is no repository. */
  private static Optional<Wanted> wanted(OciRoute route, Action action) {
    if (route instanceof Catalog) return Optional.of(new Wanted(Scope.CATALOG));
    try {
      return repositoryName(route)
          .map(RepositoryPath::parse)
          .map(path -> new Wanted(path.toString(), wantedActions(route, action)));
    } catch (RegistryException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> repositoryName(OciRoute route) {
    return switch (route) {
      case OfBlob(var name, _) -> Optional.of(name);
      case OfUploads(var name) -> Optional.of(name);
      case OfUpload(var name, _) -> Optional.of(name);
      case OfManifest(var name, _) -> Optional.of(name);
      case OfTags(var name) -> Optional.of(name);
      case OfReferrers(var name, _) -> Optional.of(name);
      case Base _, Catalog _, Unknown _ -> Optional.empty();
    };
  }

  /** Pushing needs pulling too; an upload session is pushing whatever the method. */
  private static Set<Action> wantedActions(OciRoute route, Action action) {
    if (route instanceof OfUpload || route instanceof OfUploads || action == Action.PUSH) {
      return EnumSet.of(Action.PULL, Action.PUSH);
    }
    return EnumSet.of(action);
  }

  private Region regionOf(HttpServerRequest http) {
    return regions.ofHost(http.authority() == null ? "" : http.authority().toString());
  }

  /**
   * Answering 200 to nobody would make every login succeed: clients send credentials only on 401.
   */
  private static void requireSomebody(Caller caller) {
    if (caller.principal() instanceof Anonymous && caller.scopes().isEmpty()) {
      throw new RegistryException(new RegistryError.Unauthenticated(Cause.MISSING));
    }
  }

  private Response notOffered(OciRoute route) {
    return route instanceof Unknown
        ? responses.json(404, OciErrorBody.of("NAME_UNKNOWN", "no endpoint has this path"))
        : responses.json(
            405, OciErrorBody.of("UNSUPPORTED", "this endpoint does not have this method"));
  }
}
