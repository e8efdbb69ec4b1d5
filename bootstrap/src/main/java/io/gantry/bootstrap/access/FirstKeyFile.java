package io.gantry.bootstrap.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.gantry.bootstrap.failure.StartFailure;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretKey;
import io.gantry.domain.error.RegistryException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Where a generated first key is kept, for its owner's eyes only. */
record FirstKeyFile(Path directory) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  static FirstKeyFile in(Path dataDirectory) {
    return new FirstKeyFile(dataDirectory.toAbsolutePath().normalize());
  }

  Path path() {
    return directory.resolve("first-key.json");
  }

  Optional<FirstKey> read() throws IOException {
    if (Files.notExists(path())) return Optional.empty();
    try {
      return Optional.of(JSON.readValue(path().toFile(), Content.class).key());
    } catch (JsonProcessingException | RegistryException | NullPointerException e) {
      throw StartFailure.misconfigured(
          "the first key in " + path() + " cannot be read. Remove the file to get a new one.");
    }
  }

  /** Returns when the file is durable. */
  void write(FirstKey key) throws IOException {
    Files.createDirectories(directory);
    Path unfinished = directory.resolve("first-key.json.unfinished");
    Files.deleteIfExists(unfinished);
    Files.createFile(
        unfinished,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(unfinished, JSON.writeValueAsString(Content.of(key)) + "\n");
    sync(unfinished, StandardOpenOption.WRITE);
    Files.move(unfinished, path(), StandardCopyOption.ATOMIC_MOVE);
    sync(directory, StandardOpenOption.READ);
  }

  private static void sync(Path path, StandardOpenOption how) throws IOException {
    try (FileChannel channel = FileChannel.open(path, how)) {
      channel.force(true);
    }
  }

  private record Content(
      @JsonProperty("access_key") String accessKey,
      @JsonProperty("secret_key") String secretKey,
      @JsonProperty("organization_id") String organizationId,
      @JsonProperty("project_id") String projectId) {

    static Content of(FirstKey key) {
      return new Content(
          key.accessKey().value(),
          key.secretKey().reveal(),
          key.organization().toString(),
          key.project().toString());
    }

    FirstKey key() {
      return new FirstKey(
          new AccessKey(accessKey),
          SecretKey.parse(secretKey),
          OrganizationId.parse(organizationId),
          ProjectId.parse(projectId));
    }
  }
}
