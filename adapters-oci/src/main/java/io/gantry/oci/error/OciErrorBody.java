package io.gantry.oci.error;

import java.util.List;

/** The body of a failure, OCI Distribution "Error Codes". */
public record OciErrorBody(List<Entry> errors) {
  public OciErrorBody {
    errors = List.copyOf(errors);
  }

  /** One failure; {@code detail} is nothing but text that helps. */
  public record Entry(String code, String message, String detail) {}

  public static OciErrorBody of(String code, String message) {
    return new OciErrorBody(List.of(new Entry(code, message, "")));
  }
}
