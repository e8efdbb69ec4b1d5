package io.gantry.domain.tag;

import io.gantry.domain.blob.Digest;

/** How the data plane names a manifest, OCI Distribution {@code <tag-or-digest>}. */
public sealed interface Reference {
  record ByTag(TagName tag) implements Reference {
    @Override
    public String toString() {
      return tag.toString();
    }
  }

  record ByDigest(Digest digest) implements Reference {
    @Override
    public String toString() {
      return digest.toString();
    }
  }

  /** A digest if it contains a colon, else a tag; a malformed digest is never taken for a tag. */
  static Reference parse(String text) {
    return text.indexOf(':') >= 0 ? new ByDigest(Digest.parse(text)) : new ByTag(new TagName(text));
  }
}
