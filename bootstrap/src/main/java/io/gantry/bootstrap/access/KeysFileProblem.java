package io.gantry.bootstrap.access;

/** Something in a keys file that cannot be used, and where. Never carries the value itself. */
final class KeysFileProblem extends RuntimeException {
  private final String path;
  private final String rule;

  KeysFileProblem(String path, String rule) {
    super(path + " " + rule, null, false, false);
    this.path = path;
    this.rule = rule;
  }

  String path() {
    return path;
  }

  String rule() {
    return rule;
  }
}
