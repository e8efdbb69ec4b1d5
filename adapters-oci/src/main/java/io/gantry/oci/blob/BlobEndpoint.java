package io.gantry.oci.blob;

import io.gantry.application.blob.DeleteBlob;
import io.gantry.application.blob.PullBlob;
import io.gantry.domain.blob.Blob;
import io.gantry.domain.blob.BlobContent;
import io.gantry.domain.blob.Digest;
import io.gantry.oci.EntityTag;
import io.gantry.oci.OciHeaders;
import io.gantry.oci.OciRequest;
import io.gantry.oci.OciResponses;
import io.gantry.oci.error.OciErrorBody;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** OCI Distribution end-2 and end-10: a blob, whole or in part, and its deletion. */
@Singleton
public final class BlobEndpoint {
  private final PullBlob pullBlob;
  private final DeleteBlob deleteBlob;
  private final OciResponses responses;

  BlobEndpoint(PullBlob pullBlob, DeleteBlob deleteBlob, OciResponses responses) {
    this.pullBlob = pullBlob;
    this.deleteBlob = deleteBlob;
    this.responses = responses;
  }

  public Response head(OciRequest request, String digest) {
    Blob blob = find(request, digest);
    if (etag(blob).isIn(request.header(HttpHeaders.IF_NONE_MATCH))) {
      return headers(OciResponses.status(304), blob).build();
    }
    return headers(OciResponses.status(200), blob)
        .header(HttpHeaders.CONTENT_LENGTH, blob.size().bytes())
        .build();
  }

  public Response get(OciRequest request, String digest) {
    Blob blob = find(request, digest);
    if (etag(blob).isIn(request.header(HttpHeaders.IF_NONE_MATCH))) {
      return headers(OciResponses.status(304), blob).build();
    }
    long size = blob.size().bytes();
    return switch (AskedRanges.parse(range(request, blob), size)) {
      case AskedRanges.Whole _ -> bytes(headers(OciResponses.status(200), blob), blob, 0, size);
      case AskedRanges.Parts(var ranges) ->
          ranges.size() == 1 ? part(blob, ranges.getFirst()) : parts(blob, ranges);
      case AskedRanges.Unsatisfiable _ ->
          responses
              .withJson(
                  OciResponses.status(416).header("Content-Range", "bytes */" + size),
                  OciErrorBody.of("RANGE_INVALID", "the blob has " + size + " bytes"))
              .build();
    };
  }

  /** RFC 9110 §13.1.5: a range of another blob than the client has is not a range of this one. */
  private static Optional<String> range(OciRequest request, Blob blob) {
    Optional<String> condition = request.header("If-Range");
    return condition.isEmpty() || condition.get().strip().equals(etag(blob).toString())
        ? request.header("Range")
        : Optional.empty();
  }

  private Response part(Blob blob, ByteRange range) {
    ResponseBuilder response =
        headers(OciResponses.status(206), blob)
            .header("Content-Range", range.contentRange(blob.size().bytes()));
    return bytes(response, blob, range.first(), range.length());
  }

  private Response parts(Blob blob, List<ByteRange> ranges) {
    MultipartBody body = new MultipartBody(ranges, blob.size().bytes());
    InputStream bytes = body.open(content(blob));
    return headers(OciResponses.status(206), blob, body.contentType())
        .header(HttpHeaders.CONTENT_LENGTH, body.length())
        .entity(new StreamedBytes(blob.digest(), body.length(), bytes))
        .build();
  }

  public Response delete(OciRequest request, String digest) {
    deleteBlob.handle(
        request.caller(), request.region(), request.repository(), Digest.parse(digest));
    return OciResponses.status(202).build();
  }

  private Blob find(OciRequest request, String digest) {
    return pullBlob.handle(
        request.caller(), request.region(), request.repository(), Digest.parse(digest));
  }

  private Response bytes(ResponseBuilder response, Blob blob, long offset, long length) {
    response.header(HttpHeaders.CONTENT_LENGTH, length);
    if (length == 0) return response.build();
    return switch (content(blob)) {
      case BlobContent.LocalFile(var path) ->
          response.entity(new FileBytes(blob.digest(), path, offset, length)).build();
      case BlobContent.Streamed(var source) ->
          response
              .entity(new StreamedBytes(blob.digest(), length, source.read(offset, length)))
              .build();
    };
  }

  /** Nothing is sent of a blob whose file is too short, not even a part that is there. */
  private BlobContent content(Blob blob) {
    BlobContent content = pullBlob.content(blob);
    if (content instanceof BlobContent.LocalFile(var path)) WholeFile.require(blob, path);
    return content;
  }

  private static ResponseBuilder headers(ResponseBuilder response, Blob blob) {
    return headers(response, blob, "application/octet-stream");
  }

  private static ResponseBuilder headers(ResponseBuilder response, Blob blob, String contentType) {
    return response
        .header(HttpHeaders.CONTENT_TYPE, contentType)
        .header(OciHeaders.CONTENT_DIGEST, blob.digest())
        .header(HttpHeaders.ETAG, etag(blob))
        .header(HttpHeaders.CACHE_CONTROL, "private, max-age=31536000, immutable")
        .header("Accept-Ranges", "bytes");
  }

  private static EntityTag etag(Blob blob) {
    return new EntityTag(blob.digest());
  }
}
