package io.gantry.oci.referrer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.gantry.domain.manifest.MediaType;
import io.gantry.domain.manifest.StoredManifest;
import io.gantry.domain.pull.Referrer;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.List;

/**
 * Writes referrers as an OCI image index. Their annotations are read out of their bytes, so that
 * none are stored twice; what is not text is left away, as clients could not read the whole list.
 */
@Singleton
final class ReferrersIndex {
  /** Whatever was kept can be read: a text may be as long as a manifest. */
  private final JsonFactory json =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  byte[] write(List<Referrer> referrers) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = json.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeNumberField("schemaVersion", 2);
      out.writeStringField("mediaType", MediaType.OCI_INDEX.value());
      out.writeArrayFieldStart("manifests");
      for (Referrer referrer : referrers) writeDescriptor(out, referrer);
      out.writeEndArray();
      out.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("a manifest that was kept can be read", e);
    }
    return bytes.toByteArray();
  }

  private void writeDescriptor(JsonGenerator out, Referrer referrer) throws IOException {
    StoredManifest manifest = referrer.manifest();
    out.writeStartObject();
    out.writeStringField("mediaType", manifest.mediaType().value());
    out.writeStringField("digest", manifest.digest().toString());
    out.writeNumberField("size", manifest.bytes().size());
    if (referrer.artifactType().isPresent()) {
      out.writeStringField("artifactType", referrer.artifactType().get());
    }
    copyAnnotations(manifest, out);
    out.writeEndObject();
  }

  private void copyAnnotations(StoredManifest manifest, JsonGenerator out) throws IOException {
    try (JsonParser in = json.createParser(text(manifest))) {
      if (in.nextToken() != JsonToken.START_OBJECT) return;
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        boolean annotations = in.currentName().equals("annotations");
        JsonToken value = in.nextToken();
        if (annotations && value == JsonToken.START_OBJECT) {
          copyTexts(in, out);
          return;
        }
        in.skipChildren();
      }
    }
  }

  /**
   * As it was read when it was pushed. The parser of bytes is another one than that of text, and
   * does not take names with escaped surrogates, in pairs or not.
   */
  private static Reader text(StoredManifest manifest) {
    return new InputStreamReader(new ByteArrayInputStream(manifest.bytes().toArray()), UTF_8);
  }

  private static void copyTexts(JsonParser in, JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("annotations");
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      if (in.nextToken() == JsonToken.VALUE_STRING) out.writeStringField(name, in.getText());
      else in.skipChildren();
    }
    out.writeEndObject();
  }
}
