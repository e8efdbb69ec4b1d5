package io.gantry.persistence.upload;

import io.gantry.domain.BlobPorts;
import io.gantry.domain.upload.UploadIntakeContract;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class SqlUploadIntakeTest extends UploadIntakeContract {
  @Inject BlobPorts ports;
  @Inject PostgresContent content;

  @BeforeEach
  void clear() {
    content.clear();
  }

  @Override
  protected BlobPorts ports() {
    return ports;
  }
}
