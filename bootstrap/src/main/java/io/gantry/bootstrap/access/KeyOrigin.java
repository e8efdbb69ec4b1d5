package io.gantry.bootstrap.access;

import java.nio.file.Path;

/** Where the keys that a person can log in with come from. */
public sealed interface KeyOrigin {

  /**
   * Made on this start. The one occasion to show it.
   *
   * @param file where it is kept
   */
  record Generated(String accessKey, String secretKey, String projectId, Path file)
      implements KeyOrigin {
    @Override
    public String toString() {
      return "Generated[" + accessKey + "]";
    }
  }

  /** Made on an earlier start. */
  record Kept(String accessKey, Path file) implements KeyOrigin {}

  /** Given by configuration. */
  record Configured(int keys) implements KeyOrigin {}

  /** Nothing is configured, but the database has keys from before. */
  record Database() implements KeyOrigin {}
}
