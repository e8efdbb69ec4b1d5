package io.gantry.persistence.upload;

import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.link.StoredContent;
import io.gantry.domain.reclaim.Garbage;
import io.gantry.domain.upload.UploadRepository;
import io.gantry.domain.upload.UploadRepositoryContract;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class SqlUploadRepositoryTest extends UploadRepositoryContract {
  @Inject UploadRepository uploads;
  @Inject BlobLinks links;
  @Inject Garbage garbage;
  @Inject PostgresContent content;

  @BeforeEach
  void clear() {
    content.clear();
  }

  @Override
  protected UploadRepository uploads() {
    return uploads;
  }

  @Override
  protected BlobLinks links() {
    return links;
  }

  @Override
  protected Garbage garbage() {
    return garbage;
  }

  @Override
  protected StoredContent content() {
    return content;
  }
}
