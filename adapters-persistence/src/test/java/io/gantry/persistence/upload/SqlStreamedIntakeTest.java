package io.gantry.persistence.upload;

import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.link.StoredContent;
import io.gantry.domain.reclaim.KeyReserve;
import io.gantry.domain.upload.StreamedIntakeContract;
import io.gantry.domain.upload.UploadIntake;
import io.gantry.domain.upload.UploadRepository;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class SqlStreamedIntakeTest extends StreamedIntakeContract {
  @Inject UploadIntake intake;
  @Inject UploadRepository uploads;
  @Inject BlobLinks links;
  @Inject KeyReserve reserve;
  @Inject PostgresContent content;

  @BeforeEach
  void clear() {
    content.clear();
  }

  @Override
  protected UploadIntake intake() {
    return intake;
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
  protected KeyReserve reserve() {
    return reserve;
  }

  @Override
  protected StoredContent content() {
    return content;
  }
}
