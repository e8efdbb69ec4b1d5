package io.gantry.grpc.namespace;

import io.gantry.application.access.NameFilter;
import io.gantry.application.access.Regions;
import io.gantry.application.group.Pending;
import io.gantry.application.namespace.CreateNamespace;
import io.gantry.application.namespace.DeleteNamespace;
import io.gantry.application.namespace.GetNamespace;
import io.gantry.application.namespace.ListNamespaces;
import io.gantry.application.namespace.Owner;
import io.gantry.application.namespace.UpdateNamespace;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import io.gantry.domain.namespace.NamespaceName;
import io.gantry.domain.namespace.NamespaceOrder;
import io.gantry.domain.paging.Page;
import io.gantry.grpc.call.Arguments;
import io.gantry.proto.registry.v1.CreateNamespaceRequest;
import io.gantry.proto.registry.v1.CreateNamespaceResponse;
import io.gantry.proto.registry.v1.DeleteNamespaceRequest;
import io.gantry.proto.registry.v1.DeleteNamespaceResponse;
import io.gantry.proto.registry.v1.GetNamespaceRequest;
import io.gantry.proto.registry.v1.GetNamespaceResponse;
import io.gantry.proto.registry.v1.ListNamespacesRequest;
import io.gantry.proto.registry.v1.ListNamespacesResponse;
import io.gantry.proto.registry.v1.UpdateNamespaceRequest;
import io.gantry.proto.registry.v1.UpdateNamespaceResponse;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The methods on namespaces. */
@Singleton
public final class NamespaceMethods {
  private final Regions regions;
  private final ListNamespaces list;
  private final CreateNamespace create;
  private final GetNamespace get;
  private final UpdateNamespace update;
  private final DeleteNamespace delete;

  NamespaceMethods(
      Regions regions,
      ListNamespaces list,
      CreateNamespace create,
      GetNamespace get,
      UpdateNamespace update,
      DeleteNamespace delete) {
    this.regions = regions;
    this.list = list;
    this.create = create;
    this.get = get;
    this.update = update;
    this.delete = delete;
  }

  public ListNamespacesResponse list(Caller caller, ListNamespacesRequest request) {
    Page<Namespace> page =
        list.handle(
            caller,
            new ListNamespaces.Query(
                regions.parse(request.getRegion()),
                Arguments.value(request.getOrganizationId(), OrganizationId::parse),
                Arguments.value(request.getProjectId(), ProjectId::parse),
                NameFilter.of(request.getName()),
                Arguments.order(request.getOrderBy(), NamespaceOrder.class),
                Arguments.page(
                    request.hasPage(),
                    request.getPage(),
                    request.hasPageSize(),
                    request.getPageSize())));
    return ListNamespacesResponse.newBuilder()
        .addAllNamespaces(page.map(this::message).items())
        .setTotalCount(Arguments.count(page.totalCount()))
        .build();
  }

  public CreateNamespaceResponse create(Caller caller, CreateNamespaceRequest request) {
    Namespace namespace =
        create.handle(
            caller,
            new CreateNamespace.Command(
                regions.parse(request.getRegion()),
                new NamespaceName(request.getName()),
                request.getDescription(),
                owner(request),
                request.getIsPublic()));
    return CreateNamespaceResponse.newBuilder().setNamespace(message(namespace)).build();
  }

  public Pending<GetNamespaceResponse> get(Caller caller, GetNamespaceRequest request) {
    return get.ask(
            caller, regions.parse(request.getRegion()), NamespaceId.parse(request.getNamespaceId()))
        .map(
            namespace ->
                GetNamespaceResponse.newBuilder().setNamespace(message(namespace)).build());
  }

  public UpdateNamespaceResponse update(Caller caller, UpdateNamespaceRequest request) {
    Namespace namespace =
        update.handle(
            caller,
            new UpdateNamespace.Command(
                regions.parse(request.getRegion()),
                NamespaceId.parse(request.getNamespaceId()),
                request.hasDescription() ? Optional.of(request.getDescription()) : Optional.empty(),
                request.hasIsPublic() ? Optional.of(request.getIsPublic()) : Optional.empty()));
    return UpdateNamespaceResponse.newBuilder().setNamespace(message(namespace)).build();
  }

  public DeleteNamespaceResponse delete(Caller caller, DeleteNamespaceRequest request) {
    Namespace namespace =
        delete.handle(
            caller,
            regions.parse(request.getRegion()),
            NamespaceId.parse(request.getNamespaceId()));
    return DeleteNamespaceResponse.newBuilder().setNamespace(message(namespace)).build();
  }

  @SuppressWarnings("deprecation") // the published API still takes an organization
  private static Owner owner(CreateNamespaceRequest request) {
    return Owner.parse(request.getProjectId(), request.getOrganizationId());
  }

  private io.gantry.proto.registry.v1.Namespace message(Namespace namespace) {
    return NamespaceMessage.from(namespace, regions);
  }
}
