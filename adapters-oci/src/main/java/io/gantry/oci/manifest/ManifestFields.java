package io.gantry.oci.manifest;

import static io.gantry.oci.manifest.ManifestReader.invalid;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.manifest.Descriptor;
import io.gantry.domain.manifest.MediaType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of one manifest document as they were found; filled once, by {@link #read}. */
final class ManifestFields {
  private static final int MAX_ENTRIES = 10_000;

  long schemaVersion;
  @Nullable String mediaType;
  @Nullable String artifactType;
  @Nullable Descriptor config;
  @Nullable Descriptor subject;
  boolean hasLayers;
  boolean hasManifests;
  final List<Descriptor> layers = new ArrayList<>();
  final List<Descriptor> manifests = new ArrayList<>();

  private ManifestFields() {}

  /** Reads the object that {@code parser} has just entered, to its end. */
  static ManifestFields read(JsonParser parser) throws IOException {
    ManifestFields fields = new ManifestFields();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (value == JsonToken.VALUE_NULL) continue;
      switch (name) {
        case "schemaVersion" -> fields.schemaVersion = number(parser, name);
        case "mediaType" -> fields.mediaType = string(parser, name);
        case "artifactType" -> fields.artifactType = artifactType(parser);
        case "config" -> fields.config = descriptor(parser, name);
        case "subject" -> fields.subject = descriptor(parser, name);
        case "layers" -> {
          fields.hasLayers = true;
          descriptors(parser, name, fields.layers);
        }
        case "manifests" -> {
          fields.hasManifests = true;
          descriptors(parser, name, fields.manifests);
        }
        default -> parser.skipChildren();
      }
    }
    return fields;
  }

  private static void descriptors(JsonParser parser, String name, List<Descriptor> into)
      throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) throw invalid(name + " must be a list");
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (into.size() == MAX_ENTRIES) {
        throw invalid(name + " must have at most " + MAX_ENTRIES + " entries");
      }
      into.add(descriptor(parser, name + "[" + into.size() + "]"));
    }
  }

  private static Descriptor descriptor(JsonParser parser, String where) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT)
      throw invalid(where + " must be an object");
    String mediaType = null;
    String digest = null;
    long size = -1;
    boolean urls = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "mediaType" -> mediaType = string(parser, where + ".mediaType");
        case "digest" -> digest = string(parser, where + ".digest");
        case "size" -> size = number(parser, where + ".size");
        case "urls" -> urls = value != JsonToken.VALUE_NULL && hasEntries(parser, where);
        default -> parser.skipChildren();
      }
    }
    if (mediaType == null) throw invalid(where + " must have a mediaType");
    if (digest == null) throw invalid(where + " must have a digest");
    if (size < 0) throw invalid(where + " must have a size");
    boolean foreign =
        urls || mediaType.contains(".nondistributable.") || mediaType.contains(".foreign.");
    return descriptor(where, mediaType, digest, size, foreign);
  }

  private static Descriptor descriptor(
      String where, String mediaType, String digest, long size, boolean foreign) {
    try {
      return new Descriptor(new MediaType(mediaType), Digest.parse(digest), size, foreign);
    } catch (RegistryException e) {
      throw invalid("has a bad descriptor at " + where + ": " + e.error().message());
    }
  }

  private static boolean hasEntries(JsonParser parser, String where) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY)
      throw invalid(where + ".urls must be a list");
    boolean entries = false;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      entries = true;
      parser.skipChildren();
    }
    return entries;
  }

  /** Some clients write an empty one where they have none. */
  private static @Nullable String artifactType(JsonParser parser) throws IOException {
    String text = string(parser, "artifactType");
    if (text.isEmpty()) return null;
    try {
      return new MediaType(text).value();
    } catch (RegistryException _) {
      throw invalid("artifactType must look like type/subtype");
    }
  }

  private static String string(JsonParser parser, String where) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) throw invalid(where + " must be a string");
    return parser.getText();
  }

  private static long number(JsonParser parser, String where) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw invalid(where + " must be a whole number");
    }
    return parser.getLongValue();
  }
}
