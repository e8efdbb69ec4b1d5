package io.gantry.oci;

import io.gantry.domain.blob.Digest;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The entity tag of content, RFC 9110 §8.8.3: its digest, in quotes. It is strong, as the digest is
 * that of the very bytes.
 */
public record EntityTag(Digest digest) {

  /** Whether one of the tags of an {@code If-None-Match} header, RFC 9110 §13.1.2, is this one. */
  public boolean isIn(Optional<String> header) {
    return header.stream()
        .flatMap(text -> Stream.of(text.split(",", -1)))
        .map(String::strip)
        .map(tag -> tag.startsWith("W/") ? tag.substring(2) : tag)
        .anyMatch(tag -> tag.equals("*") || tag.equals(toString()));
  }

  @Override
  public String toString() {
    return '"' + digest.toString() + '"';
  }
}
