package io.gantry.domain.identity;

import static io.gantry.domain.error.RegistryException.notAllowed;
import static io.gantry.domain.error.RegistryException.required;

import io.gantry.domain.error.RegistryException;
import java.util.List;

/**
 * What people call a thing and say about it. What configuration says may be of any length; what is
 * asked for over an API goes through {@link #checked}.
 *
 * @param tags words to find it by
 */
public record Label(String name, String description, List<String> tags) {
  private static final int MAX_NAME = 64;
  private static final int MAX_DESCRIPTION = 200;
  private static final int MAX_TAGS = 10;
  private static final int MAX_TAG = 128;

  public Label {
    tags = List.copyOf(tags);
  }

  public Label(String name, String description) {
    this(name, description, List.of());
  }

  /**
   * A label within the published limits: a name of 1 to 64 characters, a description of up to 200,
   * up to 10 tags of 1 to 128 each; an {@code InvalidArgument} if not.
   */
  public static Label checked(String name, String description, List<String> tags) {
    return new Label("", "").named(name).described(description).tagged(tags);
  }

  public Label named(String newName) {
    if (newName.isBlank()) throw required("name");
    if (length(newName) > MAX_NAME) throw tooLong("name", MAX_NAME);
    return new Label(newName, description, tags);
  }

  public Label described(String newDescription) {
    checkDescription(newDescription);
    return new Label(name, newDescription, tags);
  }

  public Label tagged(List<String> newTags) {
    if (newTags.size() > MAX_TAGS) throw notAllowed("tags", "must be at most " + MAX_TAGS);
    for (String tag : newTags) {
      if (tag.isBlank() || length(tag) > MAX_TAG) {
        throw notAllowed("tags", "must have 1 to " + MAX_TAG + " characters each");
      }
    }
    return new Label(name, description, newTags);
  }

  /** An {@code InvalidArgument} on {@code description} if it has more than 200 characters. */
  public static void checkDescription(String description) {
    if (length(description) > MAX_DESCRIPTION) throw tooLong("description", MAX_DESCRIPTION);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static RegistryException tooLong(String argument, int limit) {
    return notAllowed(argument, "must have at most " + limit + " characters");
  }
}
