package io.gantry.persistence.reclaim;

import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.link.StoredContent;
import io.gantry.domain.reclaim.Garbage;
import io.gantry.domain.reclaim.GarbageContract;
import io.gantry.domain.upload.UploadRepository;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class SqlGarbageTest extends GarbageContract {
  @Inject Garbage garbage;
  @Inject BlobLinks links;
  @Inject UploadRepository uploads;
  @Inject PostgresContent content;

  @BeforeEach
  void clear() {
    content.clear();
  }

  @Override
  protected Garbage garbage() {
    return garbage;
  }

  @Override
  protected BlobLinks links() {
    return links;
  }

  @Override
  protected UploadRepository uploads() {
    return uploads;
  }

  @Override
  protected StoredContent content() {
    return content;
  }
}
