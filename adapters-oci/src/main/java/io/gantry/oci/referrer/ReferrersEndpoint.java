package io.gantry.oci.referrer;

import io.gantry.application.manifest.ListReferrers;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.manifest.MediaType;
import io.gantry.domain.pull.ReferrerPage;
import io.gantry.domain.pull.ReferrerQuery;
import io.gantry.oci.OciHeaders;
import io.gantry.oci.OciLimits;
import io.gantry.oci.OciRequest;
import io.gantry.oci.OciResponses;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** OCI Distribution end-12: what refers to a manifest as its subject, as an index, by pages. */
@Singleton
public final class ReferrersEndpoint {
  /** Clients read no more than 4 MiB; a descriptor has less than this besides its annotations. */
  private static final long PAGE_BYTES = 4L * 1024 * 1024;

  private static final int DESCRIPTOR_BYTES = 1024;

  private final ListReferrers listReferrers;
  private final ReferrersIndex index;
  private final OciLimits limits;

  ReferrersEndpoint(ListReferrers listReferrers, ReferrersIndex index, OciLimits limits) {
    this.listReferrers = listReferrers;
    this.index = index;
    this.limits = limits;
  }

  public Response list(OciRequest request, String subject) {
    ReferrerQuery query =
        new ReferrerQuery(
            Digest.parse(subject),
            request.query("artifactType").filter(type -> !type.isEmpty()),
            request.query("last").map(Digest::parse),
            limits.referrersPerPage(),
            PAGE_BYTES - (long) limits.referrersPerPage() * DESCRIPTOR_BYTES);
    ReferrerPage page =
        listReferrers.handle(request.caller(), request.region(), request.repository(), query);
    byte[] body = index.write(page.referrers());
    ResponseBuilder response =
        OciResponses.status(200)
            .header(HttpHeaders.CONTENT_TYPE, MediaType.OCI_INDEX.value())
            .header(HttpHeaders.CONTENT_LENGTH, body.length)
            .entity(body);
    if (query.artifactType().isPresent()) {
      response.header(OciHeaders.FILTERS_APPLIED, "artifactType");
    }
    if (page.more()) response.header(HttpHeaders.LINK, next(request, query, page));
    return response.build();
  }

  private static String next(OciRequest request, ReferrerQuery query, ReferrerPage page) {
    Digest last = page.referrers().getLast().manifest().digest();
    Optional<String> filter = query.artifactType().map(type -> "&artifactType=" + encode(type));
    String path = request.path("/referrers/" + query.subject());
    return "<" + path + "?last=" + last + filter.orElse("") + ">; rel=\"next\"";
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
