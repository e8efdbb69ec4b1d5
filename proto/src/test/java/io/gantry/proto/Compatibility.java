package io.gantry.proto;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileOptions;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a client of one version of a proto file loses with another: on the wire, in JSON, in the
 * source of its stubs, and in the REST route of a method. Additions are no loss.
 */
final class Compatibility {
  private final List<String> losses = new ArrayList<>();

  private Compatibility() {}

  /**
   * One sentence for each loss; none if every client of {@code before} is well with {@code after}.
   */
  static List<String> losses(FileDescriptorProto before, FileDescriptorProto after) {
    Compatibility compatibility = new Compatibility();
    compatibility.file(before, after);
    return compatibility.losses;
  }

  private void file(FileDescriptorProto before, FileDescriptorProto after) {
    same("the file", "package", before.getPackage(), after.getPackage());
    same("the file", "syntax", before.getSyntax(), after.getSyntax());
    same("the file", "Java names", javaNames(before), javaNames(after));
    String scope = before.getPackage();
    each(
        scope,
        before.getServiceList(),
        after.getServiceList(),
        ServiceDescriptorProto::getName,
        this::service);
    messages(scope, before.getMessageTypeList(), after.getMessageTypeList());
    enums(scope, before.getEnumTypeList(), after.getEnumTypeList());
  }

  private static List<Object> javaNames(FileDescriptorProto file) {
    FileOptions options = file.getOptions();
    return List.of(
        options.getJavaPackage(), options.getJavaMultipleFiles(), options.getJavaOuterClassname());
  }

  private void service(Pair<ServiceDescriptorProto> service) {
    each(
        service.name(),
        service.before().getMethodList(),
        service.after().getMethodList(),
        MethodDescriptorProto::getName,
        this::method);
  }

  private void method(Pair<MethodDescriptorProto> method) {
    compare(method, "request", MethodDescriptorProto::getInputType);
    compare(method, "response", MethodDescriptorProto::getOutputType);
    compare(method, "client streaming", MethodDescriptorProto::getClientStreaming);
    compare(method, "server streaming", MethodDescriptorProto::getServerStreaming);
    // The only custom option there is: google.api.http.
    compare(method, "route", one -> one.getOptions().toByteString());
  }

  private void messages(String scope, List<DescriptorProto> before, List<DescriptorProto> after) {
    each(scope, before, after, DescriptorProto::getName, this::message);
  }

  private void message(Pair<DescriptorProto> message) {
    DescriptorProto before = message.before();
    DescriptorProto after = message.after();
    each(
        message.name(),
        before.getFieldList(),
        after.getFieldList(),
        field -> Integer.toString(field.getNumber()),
        field -> field(field, message));
    messages(message.name(), before.getNestedTypeList(), after.getNestedTypeList());
    enums(message.name(), before.getEnumTypeList(), after.getEnumTypeList());
  }

  private void field(Pair<FieldDescriptorProto> field, Pair<DescriptorProto> message) {
    compare(field, "name", FieldDescriptorProto::getName);
    compare(field, "JSON name", FieldDescriptorProto::getJsonName);
    compare(field, "type", FieldDescriptorProto::getType);
    compare(field, "type", FieldDescriptorProto::getTypeName);
    compare(field, "label", FieldDescriptorProto::getLabel);
    compare(field, "presence", FieldDescriptorProto::getProto3Optional);
    same(
        field.name(),
        "oneof",
        oneof(field.before(), message.before()),
        oneof(field.after(), message.after()));
  }

  private static Optional<String> oneof(FieldDescriptorProto field, DescriptorProto message) {
    return field.hasOneofIndex()
        ? Optional.of(message.getOneofDecl(field.getOneofIndex()))
            .map(OneofDescriptorProto::getName)
        : Optional.empty();
  }

  private void enums(
      String scope, List<EnumDescriptorProto> before, List<EnumDescriptorProto> after) {
    each(
        scope,
        before,
        after,
        EnumDescriptorProto::getName,
        one ->
            each(
                one.name(),
                one.before().getValueList(),
                one.after().getValueList(),
                value -> Integer.toString(value.getNumber()),
                value -> compare(value, "name", EnumValueDescriptorProto::getName)));
  }

  /** The same thing in both versions, under its full name. */
  private record Pair<T>(String name, T before, T after) {}

  private <T> void each(
      String scope,
      List<T> before,
      List<T> after,
      Function<T, String> key,
      Consumer<Pair<T>> compare) {
    Map<String, T> now = after.stream().collect(Collectors.toMap(key, Function.identity()));
    for (T one : before) {
      String name = scope + "." + key.apply(one);
      T same = now.get(key.apply(one));
      if (same == null) {
        losses.add(name + " is gone");
      } else {
        compare.accept(new Pair<>(name, one, same));
      }
    }
  }

  private <T> void compare(Pair<T> pair, String what, Function<T, Object> of) {
    same(pair.name(), what, of.apply(pair.before()), of.apply(pair.after()));
  }

  private void same(String name, String what, Object before, Object after) {
    if (!before.equals(after)) {
      losses.add(name + " has another " + what + ": " + after + ", not " + before);
    }
  }
}
