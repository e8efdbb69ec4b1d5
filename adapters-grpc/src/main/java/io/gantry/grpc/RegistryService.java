package io.gantry.grpc;

import io.gantry.grpc.call.Calls;
import io.gantry.grpc.image.ImageMethods;
import io.gantry.grpc.namespace.NamespaceMethods;
import io.gantry.grpc.tag.TagMethods;
import io.gantry.proto.registry.v1.RegistryGrpc;
import io.grpc.BindableService;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.quarkus.grpc.GrpcService;
import java.util.List;

/** The service of Registry API v1: which operation does which method. */
@GrpcService
public final class RegistryService implements BindableService {
  private final Calls calls;
  private final NamespaceMethods namespaces;
  private final ImageMethods images;
  private final TagMethods tags;

  RegistryService(Calls calls, NamespaceMethods namespaces, ImageMethods images, TagMethods tags) {
    this.calls = calls;
    this.namespaces = namespaces;
    this.images = images;
    this.tags = tags;
  }

  @Override
  public ServerServiceDefinition bindService() {
    List<ServerMethodDefinition<?, ?>> methods =
        List.of(
            calls.method(RegistryGrpc.getListNamespacesMethod(), namespaces::list),
            calls.method(RegistryGrpc.getCreateNamespaceMethod(), namespaces::create),
            calls.method(RegistryGrpc.getGetNamespaceMethod(), namespaces::get),
            calls.method(RegistryGrpc.getUpdateNamespaceMethod(), namespaces::update),
            calls.method(RegistryGrpc.getDeleteNamespaceMethod(), namespaces::delete),
            calls.method(RegistryGrpc.getListImagesMethod(), images::list),
            calls.method(RegistryGrpc.getGetImageMethod(), images::get),
            calls.method(RegistryGrpc.getUpdateImageMethod(), images::update),
            calls.method(RegistryGrpc.getDeleteImageMethod(), images::delete),
            calls.method(RegistryGrpc.getListTagsMethod(), tags::list),
            calls.method(RegistryGrpc.getGetTagMethod(), tags::get),
            calls.method(RegistryGrpc.getDeleteTagMethod(), tags::delete));
    ServiceDescriptor published = RegistryGrpc.getServiceDescriptor();
    var descriptor =
        ServiceDescriptor.newBuilder(published.getName())
            .setSchemaDescriptor(published.getSchemaDescriptor());
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    var service = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(service::addMethod);
    return service.build();
  }
}
