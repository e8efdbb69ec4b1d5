package io.gantry.oci.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.gantry.domain.blob.Digest;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.manifest.Descriptor;
import io.gantry.domain.manifest.Manifest;
import io.gantry.domain.manifest.ManifestBytes;
import io.gantry.domain.manifest.MediaType;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads of a manifest what the registry must know, OCI Image spec "Image Manifest" and "Image
 * Index" and their Docker schema 2 twins. Everything else in it is passed over, and kept, because
 * the bytes are. Streams, so that a hostile document costs no more memory than its bytes.
 */
@Singleton
final class ManifestReader {
  private static final int MAX_DEPTH = 64;
  private static final int MAX_STRING = 1024 * 1024;

  private final JsonFactory json =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxStringLength(MAX_STRING)
                  .maxNumberLength(32)
                  .build())
          .build();

  /**
   * Reads a manifest.
   *
   * @param contentType what the client called it; its own {@code mediaType} counts without one
   * @throws RegistryException {@code ManifestInvalid} with what to change
   */
  Manifest read(Digest digest, ManifestBytes bytes, Optional<String> contentType) {
    ManifestFields fields = parse(bytes);
    MediaType mediaType = mediaType(fields, contentType);
    boolean index = isIndex(mediaType);
    if (fields.schemaVersion != 2) throw invalid("schemaVersion must be 2");
    if (index && (fields.config != null || fields.hasLayers)) {
      throw invalid("an index must not have config or layers");
    }
    if (!index && fields.hasManifests) throw invalid("an image manifest must not have manifests");
    if (!index && fields.config == null) throw invalid("an image manifest must have a config");
    return new Manifest(
        digest,
        mediaType,
        bytes,
        Optional.ofNullable(fields.config),
        fields.layers,
        fields.manifests,
        Optional.ofNullable(fields.subject).map(Descriptor::digest),
        artifactType(fields));
  }

  private ManifestFields parse(ManifestBytes bytes) {
    try (JsonParser parser = json.createParser(utf8(bytes))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) throw invalid("must be a JSON object");
      ManifestFields fields = ManifestFields.read(parser);
      if (parser.nextToken() != null) throw invalid("must be one JSON object and nothing after it");
      return fields;
    } catch (JsonProcessingException e) {
      throw invalid("cannot be read as JSON: " + e.getOriginalMessage());
    } catch (CharacterCodingException _) {
      throw invalid("must be UTF-8");
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory can be read", e);
    }
  }

  /** RFC 8259 §8.1: no other encoding is guessed at, so every reader sees the same document. */
  private static Reader utf8(ManifestBytes bytes) {
    return new InputStreamReader(
        new ByteArrayInputStream(bytes.toArray()), StandardCharsets.UTF_8.newDecoder());
  }

  private static MediaType mediaType(ManifestFields fields, Optional<String> contentType) {
    Optional<MediaType> sent = contentType.map(MediaType::parseContentType);
    Optional<MediaType> own = Optional.ofNullable(fields.mediaType).map(MediaType::new);
    if (sent.isPresent() && own.isPresent() && !sent.equals(own)) {
      throw invalid("mediaType is " + own.get() + ", but Content-Type is " + sent.get());
    }
    return sent.or(() -> own).orElseThrow(() -> invalid("needs a Content-Type or a mediaType"));
  }

  private static boolean isIndex(MediaType mediaType) {
    if (mediaType.equals(MediaType.OCI_INDEX) || mediaType.equals(MediaType.DOCKER_MANIFEST_LIST)) {
      return true;
    }
    if (mediaType.equals(MediaType.OCI_MANIFEST) || mediaType.equals(MediaType.DOCKER_MANIFEST)) {
      return false;
    }
    throw invalid(
        mediaType + " is not supported; push an OCI or Docker schema 2 manifest, index or list");
  }

  private static Optional<String> artifactType(ManifestFields fields) {
    if (fields.artifactType != null) return Optional.of(fields.artifactType);
    return Optional.ofNullable(fields.config).map(config -> config.mediaType().value());
  }

  static RegistryException invalid(String help) {
    return new RegistryException(new RegistryError.ManifestInvalid("the manifest " + help));
  }
}
