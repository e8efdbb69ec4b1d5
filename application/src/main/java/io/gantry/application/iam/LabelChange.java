package io.gantry.application.iam;

import io.gantry.domain.identity.Label;
import java.util.List;
import java.util.Optional;

/** A change of a label; what is not present stays as it is. */
public record LabelChange(
    Optional<String> name, Optional<String> description, Optional<List<String>> tags) {

  Label of(Label before) {
    Label label = before;
    if (name.isPresent()) label = label.named(name.get());
    if (description.isPresent()) label = label.described(description.get());
    if (tags.isPresent()) label = label.tagged(tags.get());
    return label;
  }
}
