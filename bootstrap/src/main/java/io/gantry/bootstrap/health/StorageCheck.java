package io.gantry.bootstrap.health;

import io.gantry.domain.blob.BlobStore;
import io.gantry.domain.error.RegistryException;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready only while blobs can be stored. The data source brings its own check. */
@Readiness
@Singleton
final class StorageCheck implements HealthCheck {
  private final BlobStore store;

  StorageCheck(BlobStore store) {
    this.store = store;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("blob store");
    try {
      store.probe();
      return response.up().build();
    } catch (RegistryException e) {
      return response.down().withData("reason", e.error().message()).build();
    }
  }
}
