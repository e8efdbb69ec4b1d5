package io.gantry.bootstrap.accesstable;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What came back.
 *
 * @param status of HTTP, or the name of gRPC's
 * @param code what the body of a failure says of its kind; empty if nothing or if there is no body
 * @param body as text, to look for things in
 * @param whole all that the caller learns, but for what is of one request only
 */
record Answer(String status, String code, String body, String whole) {
  /** Ids and digests, which no two things share. */
  private static final Pattern RANDOM =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|sha256:[0-9a-f]{64}");

  /** All that the caller learns, with the names of what was asked for taken out. */
  String without(List<String> mentions) {
    String text = whole;
    for (String mention : mentions) {
      text = text.replace(mention, "*");
    }
    return RANDOM.matcher(text).replaceAll("*");
  }
}
