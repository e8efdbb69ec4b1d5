package io.gantry.grpc;

import static io.gantry.proto.registry.v1.RegistryGrpc.getCreateNamespaceMethod;
import static io.gantry.proto.registry.v1.RegistryGrpc.getDeleteImageMethod;
import static io.gantry.proto.registry.v1.RegistryGrpc.getDeleteNamespaceMethod;
import static io.gantry.proto.registry.v1.RegistryGrpc.getDeleteTagMethod;
import static io.gantry.proto.registry.v1.RegistryGrpc.getGetImageMethod;
import static io.gantry.proto.registry.v1.RegistryGrpc.getGetNamespaceMethod;
import static io.gantry.proto.registry.v1.RegistryGrpc.getGetTagMethod;
import static io.gantry.proto.registry.v1.RegistryGrpc.getListImagesMethod;
import static io.gantry.proto.registry.v1.RegistryGrpc.getListNamespacesMethod;
import static io.gantry.proto.registry.v1.RegistryGrpc.getListTagsMethod;
import static io.gantry.proto.registry.v1.RegistryGrpc.getUpdateImageMethod;
import static io.gantry.proto.registry.v1.RegistryGrpc.getUpdateNamespaceMethod;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.gantry.grpc.call.Calls;
import io.gantry.grpc.call.Method;
import io.gantry.grpc.image.ImageMethods;
import io.gantry.grpc.namespace.NamespaceMethods;
import io.gantry.grpc.tag.TagMethods;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The service of Registry API v1: which operation does which method. */
@Singleton
final class RegistryMethods {
  private final Map<String, Method<?, ?>> byPath;

  RegistryMethods(Calls calls, NamespaceMethods namespaces, ImageMethods images, TagMethods tags) {
    byPath =
        Stream.of(
                calls.method(getListNamespacesMethod(), namespaces::list),
                calls.method(getCreateNamespaceMethod(), namespaces::create),
                calls.lookUp(getGetNamespaceMethod(), namespaces::get),
                calls.method(getUpdateNamespaceMethod(), namespaces::update),
                calls.method(getDeleteNamespaceMethod(), namespaces::delete),
                calls.method(getListImagesMethod(), images::list),
                calls.lookUp(getGetImageMethod(), images::get),
                calls.method(getUpdateImageMethod(), images::update),
                calls.method(getDeleteImageMethod(), images::delete),
                calls.method(getListTagsMethod(), tags::list),
                calls.lookUp(getGetTagMethod(), tags::get),
                calls.method(getDeleteTagMethod(), tags::delete))
            .collect(toUnmodifiableMap(method -> "/" + method.name(), method -> method));
  }

  /** The method that is called at a path of a request, or null if there is none. */
  @Nullable Method<?, ?> at(@Nullable String path) {
    return path == null ? null : byPath.get(path);
  }
}
