package io.gantry.oci;

/** The headers of OCI Distribution, each named once. */
public final class OciHeaders {
  /** "Pulling manifests", "Pulling blobs": the digest of what is answered. */
  public static final String CONTENT_DIGEST = "Docker-Content-Digest";

  /** "Pushing manifests with subject": the digest of the subject that was understood. */
  public static final String SUBJECT = "OCI-Subject";

  /** "Pushing manifests": a tag that now points at the manifest; once for each. */
  public static final String TAG = "OCI-Tag";

  /** "Listing Referrers": the filters that were applied, out of those that were asked for. */
  public static final String FILTERS_APPLIED = "OCI-Filters-Applied";

  /** By which old clients know that they speak to a registry of this generation. */
  public static final String API_VERSION = "Docker-Distribution-Api-Version";

  public static final String API_VERSION_VALUE = "registry/2.0";

  private OciHeaders() {}
}
