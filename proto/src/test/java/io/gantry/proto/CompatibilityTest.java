package io.gantry.proto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodOptions;
import io.gantry.proto.registry.v1.CreateNamespaceRequest;
import io.gantry.proto.registry.v1.GetTagRequest;
import io.gantry.proto.registry.v1.Namespace;
import io.gantry.proto.registry.v1.RegistryProto;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CompatibilityTest {
  private static final FileDescriptorProto NOW = RegistryProto.getDescriptor().toProto();
  private static final String PACKAGE = "scaleway.registry.v1";

  static Stream<Arguments> breaks() {
    return Stream.of(
        change("the file has another package", file -> file.setPackage("registry.v1")),
        change(
            "the file has another Java names",
            file -> file.getOptionsBuilder().setJavaPackage("io.other")),
        change(PACKAGE + ".Registry is gone", file -> file.removeService(0)),
        change(
            PACKAGE + ".Registry.ListNamespaces is gone",
            file -> file.getServiceBuilder(0).removeMethod(0)),
        change(
            PACKAGE + ".Registry.ListNamespaces has another request",
            file -> method(file).setInputType(".x.Other")),
        change(
            PACKAGE + ".Registry.ListNamespaces has another response",
            file -> method(file).setOutputType(".x.Other")),
        change(
            PACKAGE + ".Registry.ListNamespaces has another server streaming",
            file -> method(file).setServerStreaming(true)),
        change(
            PACKAGE + ".Registry.ListNamespaces has another route",
            file -> method(file).setOptions(MethodOptions.getDefaultInstance())),
        change(
            PACKAGE + ".GetTagRequest is gone",
            file -> file.removeMessageType(GetTagRequest.getDescriptor().getIndex())),
        change(PACKAGE + ".Namespace.1 is gone", file -> namespace(file).removeField(0)),
        change(PACKAGE + ".Namespace.1 is gone", file -> field(file).setNumber(99)),
        change(PACKAGE + ".Namespace.1 has another name", file -> field(file).setName("uuid")),
        change(
            PACKAGE + ".Namespace.1 has another JSON name", file -> field(file).setJsonName("ID")),
        change(
            PACKAGE + ".Namespace.1 has another type",
            file -> field(file).setType(FieldDescriptorProto.Type.TYPE_BYTES)),
        change(
            PACKAGE + ".Namespace.1 has another label",
            file -> field(file).setLabel(FieldDescriptorProto.Label.LABEL_REPEATED)),
        change(
            PACKAGE + ".Namespace.1 has another presence",
            file -> field(file).setProto3Optional(true)),
        change(
            PACKAGE + ".CreateNamespaceRequest.4 has another oneof",
            file -> creation(file).getFieldBuilder(3).clearOneofIndex()),
        change(PACKAGE + ".Namespace.Status is gone", file -> namespace(file).removeEnumType(0)),
        change(
            PACKAGE + ".Namespace.Status.4 is gone",
            file -> namespace(file).getEnumTypeBuilder(0).removeValue(4)),
        change(
            PACKAGE + ".Namespace.Status.1 has another name",
            file -> namespace(file).getEnumTypeBuilder(0).getValueBuilder(1).setName("READY")));
  }

  @ParameterizedTest
  @MethodSource("breaks")
  void findsWhatAClientLoses(String loss, Consumer<FileDescriptorProto.Builder> change) {
    assertThat(Compatibility.losses(NOW, changed(change)))
        .singleElement()
        .asString()
        .startsWith(loss);
  }

  @Test
  void takesAdditions() {
    FileDescriptorProto grown =
        changed(
            file -> {
              var _ = file.addMessageType(DescriptorProto.newBuilder().setName("New"));
              var _ =
                  namespace(file)
                      .addField(
                          FieldDescriptorProto.newBuilder()
                              .setName("new")
                              .setNumber(15)
                              .setType(FieldDescriptorProto.Type.TYPE_STRING));
              var _ =
                  namespace(file)
                      .getEnumTypeBuilder(0)
                      .addValue(
                          EnumValueDescriptorProto.newBuilder().setName("STATUS_NEW").setNumber(5));
              var _ =
                  file.getServiceBuilder(0)
                      .addMethod(MethodDescriptorProto.newBuilder().setName("New"));
            });

    assertThat(Compatibility.losses(NOW, grown)).isEmpty();
    assertThat(Compatibility.losses(grown, NOW)).hasSize(4);
  }

  private static Arguments change(String loss, Consumer<FileDescriptorProto.Builder> change) {
    return Arguments.of(loss, change);
  }

  private static FileDescriptorProto changed(Consumer<FileDescriptorProto.Builder> change) {
    FileDescriptorProto.Builder file = NOW.toBuilder();
    change.accept(file);
    return file.build();
  }

  private static MethodDescriptorProto.Builder method(FileDescriptorProto.Builder file) {
    return file.getServiceBuilder(0).getMethodBuilder(0);
  }

  private static DescriptorProto.Builder namespace(FileDescriptorProto.Builder file) {
    return file.getMessageTypeBuilder(Namespace.getDescriptor().getIndex());
  }

  private static DescriptorProto.Builder creation(FileDescriptorProto.Builder file) {
    return file.getMessageTypeBuilder(CreateNamespaceRequest.getDescriptor().getIndex());
  }

  private static FieldDescriptorProto.Builder field(FileDescriptorProto.Builder file) {
    return namespace(file).getFieldBuilder(0);
  }
}
