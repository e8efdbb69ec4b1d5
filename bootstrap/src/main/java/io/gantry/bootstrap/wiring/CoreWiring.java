package io.gantry.bootstrap.wiring;

import io.gantry.application.access.Authenticate;
import io.gantry.application.access.KnownProjects;
import io.gantry.application.access.LastUses;
import io.gantry.application.access.Regions;
import io.gantry.bootstrap.configuration.GantryConfig;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessPolicy;
import io.gantry.domain.access.KeyRepository;
import io.gantry.domain.access.ProjectOwners;
import io.gantry.domain.blob.BlobStore;
import io.gantry.domain.manifest.ManifestGraph;
import io.gantry.domain.manifest.Reachability;
import io.gantry.domain.namespace.Region;
import io.gantry.storage.filesystem.FilesystemBlobStore;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;

/** Builds what every face stands on: clock, rules, regions, blob store, authentication. */
final class CoreWiring {

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  AccessPolicy accessPolicy(ProjectOwners stored) {
    return new AccessPolicy(new KnownProjects(stored));
  }

  @Produces
  @Singleton
  LastUses lastUses() {
    return new LastUses();
  }

  @Produces
  @Singleton
  Reachability reachability(ManifestGraph graph) {
    return new Reachability(graph);
  }

  @Produces
  @Singleton
  Regions regions(GantryConfig config) {
    var endpoints = new LinkedHashMap<Region, String>();
    config.regions().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .forEach(
            entry ->
                entry
                    .getValue()
                    .endpoint()
                    .ifPresent(endpoint -> endpoints.put(new Region(entry.getKey()), endpoint)));
    return new Regions(endpoints, new Region(config.defaultRegion()));
  }

  @Produces
  @Singleton
  BlobStore blobStore(GantryConfig config) {
    return new FilesystemBlobStore(config.dataDir());
  }

  @Produces
  @Singleton
  Authenticate authenticate(
      KeyRepository keys,
      UnitOfWork unitOfWork,
      Clock clock,
      GantryConfig config,
      LastUses lastUses) {
    return new Authenticate(keys, unitOfWork, clock, config.auth().cacheTtl(), lastUses);
  }
}
