package io.gantry.rest.image;

import io.gantry.domain.image.Image;
import io.gantry.rest.Timestamps;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;

/** An image on the wire; the keys' order is that of the contract. */
@RegisterForReflection
record ImageBody(
    String id,
    String name,
    String namespaceId,
    String status,
    String statusMessage,
    String visibility,
    long size,
    String createdAt,
    String updatedAt,
    List<String> tags) {

  static ImageBody from(Image image) {
    return new ImageBody(
        image.id().toString(),
        image.name().value(),
        image.namespace().toString(),
        image.status().name().toLowerCase(Locale.ROOT),
        "",
        image.visibility().name().toLowerCase(Locale.ROOT),
        image.size().bytes(),
        Timestamps.write(image.createdAt()),
        Timestamps.write(image.updatedAt()),
        image.tags());
  }
}
