package io.gantry.bootstrap.wiring;

import io.gantry.application.access.Authenticate;
import io.gantry.application.access.ReadableProjects;
import io.gantry.application.access.Regions;
import io.gantry.application.image.DeleteImage;
import io.gantry.application.image.GetImage;
import io.gantry.application.image.ListImages;
import io.gantry.application.image.UpdateImage;
import io.gantry.application.namespace.CreateNamespace;
import io.gantry.application.namespace.DeleteNamespace;
import io.gantry.application.namespace.GetNamespace;
import io.gantry.application.namespace.ListNamespaces;
import io.gantry.application.namespace.UpdateNamespace;
import io.gantry.application.reclaim.Purger;
import io.gantry.application.tag.DeleteTag;
import io.gantry.application.tag.GetTag;
import io.gantry.application.tag.ListTags;
import io.gantry.bootstrap.configuration.GantryConfig;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.KeyRepository;
import io.gantry.domain.image.ImageRepository;
import io.gantry.domain.manifest.Reachability;
import io.gantry.domain.namespace.NamespaceRepository;
import io.gantry.domain.tag.TagRepository;
import io.gantry.grpc.GrpcLimits;
import io.gantry.rest.Exchange;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Builds the use cases of the control plane. */
final class ControlPlaneWiring {

  @Produces
  @Singleton
  Exchange exchange(Authenticate authenticate, Regions regions, GantryConfig config) {
    int limit = Math.toIntExact(config.limits().controlBodySize().asLongValue());
    return new Exchange(authenticate, regions, limit);
  }

  @Produces
  @Singleton
  GrpcLimits grpcLimits(GantryConfig config) {
    return new GrpcLimits(Math.toIntExact(config.limits().controlBodySize().asLongValue()));
  }

  @Produces
  @Singleton
  ReadableProjects readableProjects(AccessPolicy access, KeyRepository keys) {
    return new ReadableProjects(access, keys);
  }

  @Produces
  @Singleton
  CreateNamespace createNamespace(
      AccessPolicy access,
      KeyRepository keys,
      NamespaceRepository namespaces,
      UnitOfWork unitOfWork,
      Clock clock) {
    return new CreateNamespace(access, keys, namespaces, unitOfWork, clock);
  }

  @Produces
  @Singleton
  ListNamespaces listNamespaces(
      ReadableProjects readable, NamespaceRepository namespaces, UnitOfWork unitOfWork) {
    return new ListNamespaces(readable, namespaces, unitOfWork);
  }

  @Produces
  @Singleton
  GetNamespace getNamespace(
      AccessPolicy access, NamespaceRepository namespaces, UnitOfWork unitOfWork) {
    return new GetNamespace(access, namespaces, unitOfWork);
  }

  @Produces
  @Singleton
  UpdateNamespace updateNamespace(
      AccessPolicy access, NamespaceRepository namespaces, UnitOfWork unitOfWork, Clock clock) {
    return new UpdateNamespace(access, namespaces, unitOfWork, clock);
  }

  @Produces
  @Singleton
  DeleteNamespace deleteNamespace(
      AccessPolicy access,
      NamespaceRepository namespaces,
      ImageRepository images,
      UnitOfWork unitOfWork,
      Clock clock,
      Purger purger) {
    return new DeleteNamespace(access, namespaces, images, unitOfWork, clock, purger);
  }

  @Produces
  @Singleton
  ListImages listImages(ReadableProjects readable, ImageRepository images, UnitOfWork unitOfWork) {
    return new ListImages(readable, images, unitOfWork);
  }

  @Produces
  @Singleton
  GetImage getImage(AccessPolicy access, ImageRepository images, UnitOfWork unitOfWork) {
    return new GetImage(access, images, unitOfWork);
  }

  @Produces
  @Singleton
  UpdateImage updateImage(
      AccessPolicy access, ImageRepository images, UnitOfWork unitOfWork, Clock clock) {
    return new UpdateImage(access, images, unitOfWork, clock);
  }

  @Produces
  @Singleton
  DeleteImage deleteImage(
      AccessPolicy access,
      ImageRepository images,
      UnitOfWork unitOfWork,
      Clock clock,
      Purger purger) {
    return new DeleteImage(access, images, unitOfWork, clock, purger);
  }

  @Produces
  @Singleton
  ListTags listTags(
      AccessPolicy access, ImageRepository images, TagRepository tags, UnitOfWork unitOfWork) {
    return new ListTags(access, images, tags, unitOfWork);
  }

  @Produces
  @Singleton
  GetTag getTag(AccessPolicy access, TagRepository tags, UnitOfWork unitOfWork) {
    return new GetTag(access, tags, unitOfWork);
  }

  @Produces
  @Singleton
  DeleteTag deleteTag(
      AccessPolicy access,
      ImageRepository images,
      TagRepository tags,
      Reachability reachability,
      UnitOfWork unitOfWork,
      Clock clock) {
    return new DeleteTag(access, images, tags, reachability, unitOfWork, clock);
  }
}
