package io.gantry.oci.manifest;

import static io.gantry.domain.error.RegistryException.badFormat;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.tag.TagCondition;
import io.gantry.oci.OciRequest;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The conditions of a push by tag, RFC 9110 §13.1: with {@code If-Match} a tag is moved only from
 * where the client saw it, with {@code If-None-Match: *} it is only made, never moved.
 */
final class Conditions {
  private static final int MAX_LENGTH = 4096;
  private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");

  private Conditions() {}

  static TagCondition of(OciRequest request) {
    Optional<String> match = request.header(HttpHeaders.IF_MATCH);
    Optional<String> noneMatch = request.header(HttpHeaders.IF_NONE_MATCH);
    if (match.isPresent() && noneMatch.isPresent()) {
      throw badFormat(HttpHeaders.IF_MATCH, "cannot be combined with If-None-Match");
    }
    if (noneMatch.isPresent()) {
      // Only a push that must not move the tag makes sense; anything else would be passed over.
      if (noneMatch.get().strip().equals("*")) return new TagCondition.Absent();
      throw badFormat(HttpHeaders.IF_NONE_MATCH, "must be * in a push");
    }
    return match.map(Conditions::match).orElseGet(TagCondition.None::new);
  }

  private static TagCondition match(String text) {
    if (text.strip().equals("*")) return new TagCondition.Present();
    if (text.length() > MAX_LENGTH) throw badFormat(HttpHeaders.IF_MATCH, "is too long");
    Set<Digest> digests = new HashSet<>();
    for (String one : text.split(",", -1)) {
      Matcher tag = TAG.matcher(one.strip());
      if (!tag.matches()) {
        throw badFormat(HttpHeaders.IF_MATCH, "must be entity tags: digests in quotes");
      }
      // RFC 9110 §8.8.3.2: a weak tag matches nothing in a strong comparison.
      if (tag.group(1) == null) digests.add(Digest.parse(tag.group(2)));
    }
    return new TagCondition.PointsAt(digests);
  }
}
