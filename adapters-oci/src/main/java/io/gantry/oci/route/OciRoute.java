package io.gantry.oci.route;

/** The endpoints of OCI Distribution, "Endpoints", with the texts a path puts in their places. */
public sealed interface OciRoute {

  /** end-1: {@code /v2/}. */
  record Base() implements OciRoute {}

  /** end-2, end-10: {@code /v2/<name>/blobs/<digest>}. */
  record OfBlob(String name, String digest) implements OciRoute {}

  /** end-4, end-11: {@code /v2/<name>/blobs/uploads/}. */
  record OfUploads(String name) implements OciRoute {}

  /** end-5, end-6, end-13, end-14: {@code /v2/<name>/blobs/uploads/<id>}. */
  record OfUpload(String name, String id) implements OciRoute {}

  /** end-3, end-7, end-9: {@code /v2/<name>/manifests/<tag-or-digest>}. */
  record OfManifest(String name, String reference) implements OciRoute {}

  /** end-8: {@code /v2/<name>/tags/list}. */
  record OfTags(String name) implements OciRoute {}

  /** end-12: {@code /v2/<name>/referrers/<digest>}. */
  record OfReferrers(String name, String digest) implements OciRoute {}

  /** {@code /v2/_catalog}, of Docker Registry HTTP API V2. */
  record Catalog() implements OciRoute {}

  /** Nothing that is offered. */
  record Unknown() implements OciRoute {}
}
