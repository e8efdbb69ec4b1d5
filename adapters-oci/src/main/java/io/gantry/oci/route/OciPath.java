package io.gantry.oci.route;

import io.gantry.oci.route.OciRoute.Base;
import io.gantry.oci.route.OciRoute.Catalog;
import io.gantry.oci.route.OciRoute.OfBlob;
import io.gantry.oci.route.OciRoute.OfManifest;
import io.gantry.oci.route.OciRoute.OfReferrers;
import io.gantry.oci.route.OciRoute.OfTags;
import io.gantry.oci.route.OciRoute.OfUpload;
import io.gantry.oci.route.OciRoute.OfUploads;
import io.gantry.oci.route.OciRoute.Unknown;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the path of a request under {@code /v2/}. Repository names may contain the words {@code
 * blobs}, {@code manifests}, {@code referrers}, {@code tags} and {@code uploads}, so a path is read
 * from its right end. Nothing is normalised: a path with an empty or dot segment, or with an
 * encoded slash, names nothing.
 */
public final class OciPath {
  /** Repository name and digest are bounded far below this. */
  private static final int MAX_LENGTH = 2048;

  private OciPath() {}

  /** The endpoint that a raw (still percent-encoded) path names. */
  public static OciRoute parse(String rawPath) {
    if (rawPath.equals("/v2/_catalog")) return new Catalog();
    if (rawPath.equals("/v2") || rawPath.equals("/v2/")) return new Base();
    if (!rawPath.startsWith("/v2/") || rawPath.length() > MAX_LENGTH) return new Unknown();
    String path = rawPath.substring("/v2/".length());
    if (path.endsWith("/blobs/uploads/")) path = path.substring(0, path.length() - 1);
    List<String> segments = new ArrayList<>();
    for (String raw : path.split("/", -1)) {
      String segment = decode(raw);
      if (segment.isEmpty()
          || segment.equals(".")
          || segment.equals("..")
          || segment.contains("/")) {
        return new Unknown();
      }
      segments.add(segment);
    }
    return match(segments);
  }

  private static OciRoute match(List<String> segments) {
    int size = segments.size();
    if (size < 3) return new Unknown();
    String last = segments.get(size - 1);
    String keyword = segments.get(size - 2);
    if (size > 3 && keyword.equals("uploads") && segments.get(size - 3).equals("blobs")) {
      return new OfUpload(name(segments, 3), last);
    }
    return switch (keyword) {
      case "blobs" ->
          last.equals("uploads")
              ? new OfUploads(name(segments, 2))
              : new OfBlob(name(segments, 2), last);
      case "manifests" -> new OfManifest(name(segments, 2), last);
      case "referrers" -> new OfReferrers(name(segments, 2), last);
      case "tags" -> last.equals("list") ? new OfTags(name(segments, 2)) : new Unknown();
      default -> new Unknown();
    };
  }

  private static String name(List<String> segments, int rest) {
    return String.join("/", segments.subList(0, segments.size() - rest));
  }

  private static String decode(String raw) {
    if (raw.indexOf('%') < 0) return raw;
    try {
      // A plus sign is itself in a path; the decoder is one for forms.
      return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      return "";
    }
  }
}
