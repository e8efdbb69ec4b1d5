package io.gantry.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.gantry.proto.registry.v1.RegistryProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Compares the proto file with what was published, a committed descriptor set. An addition is
 * published by {@code ./mvnw -pl proto test -Dgantry.proto.publish}, which writes the set anew;
 * what clients would lose is never: that needs a package of its own, {@code …v2}.
 */
final class PublishedContractTest {
  private static final Path PUBLISHED = Path.of("src/main/descriptors/registry-v1.binpb");
  private static final boolean PUBLISH = System.getProperty("gantry.proto.publish") != null;

  @Test
  void takesNothingFromClientsAndIsPublishedAsItIs() throws IOException {
    FileDescriptorProto now = RegistryProto.getDescriptor().toProto();
    FileDescriptorProto published = published(now);

    assertThat(Compatibility.losses(published, now)).as("what clients would lose").isEmpty();
    if (PUBLISH) {
      var _ = Files.write(PUBLISHED, set().toByteArray());
    }
    assertThat(published(now).toByteString())
        .as("registry.proto has grown: publish it with -Dgantry.proto.publish")
        .isEqualTo(now.toByteString());
  }

  /** The file with this name in the published set; the file itself before there was a set. */
  private static FileDescriptorProto published(FileDescriptorProto now) throws IOException {
    if (PUBLISH && !Files.exists(PUBLISHED)) return now;
    // Without an extension registry options stay unknown bytes, which compare as such.
    return FileDescriptorSet.parseFrom(Files.readAllBytes(PUBLISHED)).getFileList().stream()
        .filter(file -> file.getName().equals(now.getName()))
        .findFirst()
        .orElseThrow();
  }

  /** The file and what it imports, imports first, as tools want a set. */
  private static FileDescriptorSet set() {
    Map<String, FileDescriptorProto> files = new LinkedHashMap<>();
    add(RegistryProto.getDescriptor(), files);
    return FileDescriptorSet.newBuilder().addAllFile(files.values()).build();
  }

  private static void add(FileDescriptor file, Map<String, FileDescriptorProto> files) {
    file.getDependencies().forEach(imported -> add(imported, files));
    files.put(file.getName(), file.toProto());
  }
}
