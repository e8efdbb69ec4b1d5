package io.gantry.oci.tag;

import java.util.List;

/** The answer of the tag list. */
record TagListBody(String name, List<String> tags) {
  TagListBody {
    tags = List.copyOf(tags);
  }
}
