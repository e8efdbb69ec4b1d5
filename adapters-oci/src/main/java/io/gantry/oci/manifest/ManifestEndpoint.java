package io.gantry.oci.manifest;

import static io.gantry.domain.error.RegistryException.badFormat;
import static io.gantry.domain.error.RegistryException.notFound;

import io.gantry.application.manifest.DeleteManifest;
import io.gantry.application.manifest.PullManifest;
import io.gantry.application.manifest.PutManifest;
import io.gantry.application.upload.BodyMemory;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.blob.DigestAlgorithm;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.ResourceType;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.ManifestBytes;
import io.gantry.domain.manifest.MediaType;
import io.gantry.domain.manifest.StoredManifest;
import io.gantry.domain.pull.ManifestSummary;
import io.gantry.domain.tag.Reference;
import io.gantry.domain.tag.TagCondition;
import io.gantry.domain.tag.TagName;
import io.gantry.oci.EntityTag;
import io.gantry.oci.OciHeaders;
import io.gantry.oci.OciLimits;
import io.gantry.oci.OciRequest;
import io.gantry.oci.OciResponses;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** OCI Distribution end-3, end-7 and end-9: manifests by tag and digest. */
@Singleton
public final class ManifestEndpoint {
  private final PullManifest pullManifest;
  private final PutManifest putManifest;
  private final DeleteManifest deleteManifest;
  private final ManifestReader reader;
  private final OciLimits limits;
  private final ManifestBodies bodies;

  ManifestEndpoint(
      PullManifest pullManifest,
      PutManifest putManifest,
      DeleteManifest deleteManifest,
      ManifestReader reader,
      OciLimits limits,
      ManifestSpool spool,
      BodyMemory memory) {
    this.pullManifest = pullManifest;
    this.putManifest = putManifest;
    this.deleteManifest = deleteManifest;
    this.reader = reader;
    this.limits = limits;
    this.bodies = new ManifestBodies(spool, memory, limits);
  }

  public Response head(OciRequest request, String reference) {
    ManifestSummary manifest =
        pullManifest.summary(
            request.caller(), request.region(), request.repository(), pulled(reference));
    if (isKnown(request, manifest.digest())) {
      return headers(304, manifest.digest(), manifest.mediaType()).build();
    }
    return headers(200, manifest.digest(), manifest.mediaType())
        .header(HttpHeaders.CONTENT_LENGTH, manifest.size())
        .build();
  }

  /** The stored bytes, whatever {@code Accept} says: nothing is converted. */
  public Response get(OciRequest request, String reference) {
    StoredManifest manifest =
        pullManifest.handle(
            request.caller(), request.region(), request.repository(), pulled(reference));
    if (isKnown(request, manifest.digest())) {
      return headers(304, manifest.digest(), manifest.mediaType()).build();
    }
    return headers(200, manifest.digest(), manifest.mediaType())
        .entity(manifest.bytes().toArray())
        .build();
  }

  /**
   * What a pull names. Nothing can have a name that is no tag, so it is as unknown as one that
   * nobody pushed (404); a malformed digest is an error of the caller's (400).
   */
  private static Reference pulled(String reference) {
    if (reference.indexOf(':') < 0 && !TagName.isValid(reference)) {
      throw notFound(ResourceType.MANIFEST, reference);
    }
    return Reference.parse(reference);
  }

  public Response put(OciRequest request, String reference, InputStream body) {
    Reference target = Reference.parse(reference);
    Set<TagName> tags = tags(request, target);
    TagCondition condition = Conditions.of(request);
    putManifest.authorize(request.caller(), request.region(), request.repository());
    if (request.contentLength().orElse(0) > limits.manifestBytes()) throw bodies.tooLarge();
    return bodies.take(body, bytes -> put(request, target, tags, condition, bytes));
  }

  private Response put(
      OciRequest request,
      Reference target,
      Set<TagName> tags,
      TagCondition condition,
      ManifestBytes bytes) {
    Digest digest =
        switch (target) {
          case Reference.ByTag _ -> bytes.digest(DigestAlgorithm.SHA256);
          case Reference.ByDigest(var claimed) -> verified(bytes, claimed);
        };
    Manifest manifest = reader.read(digest, bytes, request.header(HttpHeaders.CONTENT_TYPE));
    putManifest.handle(
        request.caller(), request.region(), request.repository(), manifest, tags, condition);
    ResponseBuilder response =
        OciResponses.status(201)
            .header(HttpHeaders.LOCATION, request.path("/manifests/" + digest))
            .header(OciHeaders.CONTENT_DIGEST, digest)
            .header(HttpHeaders.ETAG, new EntityTag(digest));
    manifest.subject().ifPresent(subject -> response.header(OciHeaders.SUBJECT, subject));
    if (target instanceof Reference.ByDigest) {
      tags.forEach(tag -> response.header(OciHeaders.TAG, tag));
    }
    return response.build();
  }

  /** The tag it is pushed by, or those that a push by digest names besides. */
  private Set<TagName> tags(OciRequest request, Reference target) {
    if (target instanceof Reference.ByTag(var name)) return Set.of(name);
    List<String> names = OciRequest.queries(request.http(), "tag");
    if (names.size() > limits.tagsPerPush()) {
      throw badFormat("tag", "may be given at most " + limits.tagsPerPush() + " times in a push");
    }
    return names.stream().map(TagName::new).collect(Collectors.toCollection(LinkedHashSet::new));
  }

  public Response delete(OciRequest request, String reference) {
    deleteManifest.handle(
        request.caller(), request.region(), request.repository(), Reference.parse(reference));
    return OciResponses.status(202).build();
  }

  private static Digest verified(ManifestBytes bytes, Digest claimed) {
    Digest actual = bytes.digest(claimed.algorithm());
    if (!actual.equals(claimed)) {
      throw new RegistryException(
          new RegistryError.DigestMismatch(claimed.toString(), actual.toString()));
    }
    return claimed;
  }

  private static boolean isKnown(OciRequest request, Digest digest) {
    return new EntityTag(digest).isIn(request.header(HttpHeaders.IF_NONE_MATCH));
  }

  private static ResponseBuilder headers(int status, Digest digest, MediaType mediaType) {
    return OciResponses.status(status)
        .header(HttpHeaders.CONTENT_TYPE, mediaType.value())
        .header(OciHeaders.CONTENT_DIGEST, digest)
        .header(HttpHeaders.ETAG, new EntityTag(digest));
  }
}
