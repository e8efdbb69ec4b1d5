package io.gantry.domain.pull;

import io.gantry.domain.Catalogue;
import io.gantry.domain.InMemoryRegistry;

final class InMemoryPullListsTest extends PullListsContract {
  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final Catalogue catalogue = Catalogue.inMemory(registry);
  private final PullQueries pulls = new InMemoryPullQueries(registry);

  @Override
  protected Catalogue catalogue() {
    return catalogue;
  }

  @Override
  protected PullQueries pulls() {
    return pulls;
  }
}
