package io.gantry.oci.upload;

import static io.gantry.domain.error.RegistryException.badFormat;
import static io.gantry.domain.error.RegistryException.notAllowed;
import static io.gantry.domain.error.RegistryException.required;

import io.gantry.application.upload.AppendUpload;
import io.gantry.application.upload.CancelUpload;
import io.gantry.application.upload.ChunkBody;
import io.gantry.application.upload.CommitUpload;
import io.gantry.application.upload.ContentRange;
import io.gantry.application.upload.GetUpload;
import io.gantry.application.upload.StartOutcome;
import io.gantry.application.upload.StartUpload;
import io.gantry.application.upload.StartUpload.Mount;
import io.gantry.application.upload.UploadSlots;
import io.gantry.application.upload.UploadStatus;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.upload.UploadId;
import io.gantry.oci.OciHeaders;
import io.gantry.oci.OciRequest;
import io.gantry.oci.OciResponses;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** OCI Distribution end-4, end-5, end-6, end-11, end-13 and end-14: pushing blobs. */
@Singleton
public final class UploadEndpoint {
  private static final Pattern CONTENT_RANGE = Pattern.compile("(\\d{1,18})-(\\d{1,18})");

  private static final UploadId NOBODYS = new UploadId(new UUID(0, 0));

  private final StartUpload startUpload;
  private final AppendUpload appendUpload;
  private final CommitUpload commitUpload;
  private final GetUpload getUpload;
  private final CancelUpload cancelUpload;
  private final UploadSlots slots;

  UploadEndpoint(
      StartUpload startUpload,
      AppendUpload appendUpload,
      CommitUpload commitUpload,
      GetUpload getUpload,
      CancelUpload cancelUpload,
      UploadSlots slots) {
    this.startUpload = startUpload;
    this.appendUpload = appendUpload;
    this.commitUpload = commitUpload;
    this.getUpload = getUpload;
    this.cancelUpload = cancelUpload;
    this.slots = slots;
  }

  /** Opens a session, mounts, or takes the whole blob ({@code ?digest=}). */
  public Response start(OciRequest request, InputStream body) {
    Optional<Digest> whole = request.query("digest").map(Digest::parse);
    Optional<DigestAlgorithm> algorithm =
        request.query("digest-algorithm").map(UploadEndpoint::parseAlgorithm);
    StartOutcome outcome =
        startUpload.handle(
            request.caller(), request.region(), request.repository(), mount(request), algorithm);
    return switch (outcome) {
      case StartOutcome.Mounted(var digest) -> created(request, digest);
      case StartOutcome.Started(var id) ->
          whole.isPresent()
              ? commit(request, id, whole.get(), body)
              : session(request, 202, new UploadStatus(id, 0));
    };
  }

  public Response append(OciRequest request, String id, InputStream body) {
    try (var _ = slots.acquire(request.caller())) {
      UploadStatus status =
          appendUpload.handle(
              request.caller(),
              request.region(),
              request.repository(),
              uploadId(id),
              chunk(request, body));
      return session(request, 202, status);
    }
  }

  public Response commit(OciRequest request, String id, InputStream body) {
    Digest digest = Digest.parse(request.query("digest").orElseThrow(() -> required("digest")));
    return commit(request, uploadId(id), digest, body);
  }

  public Response status(OciRequest request, String id) {
    return session(
        request,
        204,
        getUpload.handle(request.caller(), request.region(), request.repository(), uploadId(id)));
  }

  public Response cancel(OciRequest request, String id) {
    cancelUpload.handle(request.caller(), request.region(), request.repository(), uploadId(id));
    return OciResponses.status(204).build();
  }

  private Response commit(OciRequest request, UploadId id, Digest digest, InputStream body) {
    try (var _ = slots.acquire(request.caller())) {
      commitUpload.handle(
          request.caller(),
          request.region(),
          request.repository(),
          id,
          digest,
          chunk(request, body));
      return created(request, digest);
    }
  }

  /** A mount of what cannot be a blob, or from what cannot be a repository, is not tried. */
  private static Optional<Mount> mount(OciRequest request) {
    try {
      Optional<RepositoryPath> from = request.query("from").map(RepositoryPath::parse);
      return request.query("mount").map(digest -> new Mount(Digest.parse(digest), from));
    } catch (RegistryException _) {
      return Optional.empty();
    }
  }

  private static DigestAlgorithm parseAlgorithm(String text) {
    return DigestAlgorithm.find(text)
        .orElseThrow(() -> notAllowed("digest-algorithm", "must be sha256 or sha512"));
  }

  private static ChunkBody chunk(OciRequest request, InputStream body) {
    Optional<ContentRange> range =
        request.header("Content-Range").map(UploadEndpoint::parseContentRange);
    return new ChunkBody(body, request.contentLength(), range);
  }

  private static ContentRange parseContentRange(String text) {
    Matcher matcher = CONTENT_RANGE.matcher(text);
    if (!matcher.matches()) throw badFormat("Content-Range", "must be <first>-<last>");
    return new ContentRange(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
  }

  /**
   * A session's id is made by the registry: a text that is none is taken for one that nobody has,
   * so that who may push there is still asked first.
   */
  private static UploadId uploadId(String text) {
    try {
      return UploadId.parse(text);
    } catch (RegistryException _) {
      return NOBODYS;
    }
  }

  private static Response session(OciRequest request, int status, UploadStatus upload) {
    return OciResponses.status(status)
        .header(HttpHeaders.LOCATION, request.path("/blobs/uploads/" + upload.id()))
        .header("Docker-Upload-UUID", upload.id())
        .header("Range", OciResponses.range(upload.length()))
        .build();
  }

  private static Response created(OciRequest request, Digest digest) {
    ResponseBuilder response = OciResponses.status(201);
    return response
        .header(HttpHeaders.LOCATION, request.path("/blobs/" + digest))
        .header(OciHeaders.CONTENT_DIGEST, digest)
        .build();
  }
}
