package io.gantry.rest.iam;

import io.gantry.application.iam.LabelChange;
import io.gantry.domain.identity.Label;
import io.gantry.rest.RequestBody;
import java.util.List;

/** Names, descriptions and tags in requests. */
final class Labels {
  private Labels() {}

  static Label read(RequestBody body) {
    return Label.checked(
        body.text("name").orElse(""),
        body.text("description").orElse(""),
        body.texts("tags").orElse(List.of()));
  }

  static LabelChange change(RequestBody body) {
    return new LabelChange(body.text("name"), body.text("description"), body.texts("tags"));
  }
}
