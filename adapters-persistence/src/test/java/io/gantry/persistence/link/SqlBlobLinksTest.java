package io.gantry.persistence.link;

import io.gantry.domain.link.BlobLinks;
import io.gantry.domain.link.BlobLinksContract;
import io.gantry.domain.link.StoredContent;
import io.gantry.persistence.PostgresContent;
import io.gantry.persistence.PostgresTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;

@QuarkusTest
@QuarkusTestResource(PostgresTestResource.class)
final class SqlBlobLinksTest extends BlobLinksContract {
  @Inject BlobLinks links;
  @Inject PostgresContent content;

  @BeforeEach
  void clear() {
    content.clear();
  }

  @Override
  protected BlobLinks links() {
    return links;
  }

  @Override
  protected StoredContent content() {
    return content;
  }
}
