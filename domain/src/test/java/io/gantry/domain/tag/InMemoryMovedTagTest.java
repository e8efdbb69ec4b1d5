package io.gantry.domain.tag;

import io.gantry.domain.Catalogue;
import io.gantry.domain.InMemoryRegistry;

final class InMemoryMovedTagTest extends MovedTagContract {
  private final InMemoryRegistry registry = new InMemoryRegistry();
  private final Catalogue catalogue = Catalogue.inMemory(registry);
  private final PushIntake intake = new InMemoryPushIntake(registry);

  @Override
  protected Catalogue catalogue() {
    return catalogue;
  }

  @Override
  protected PushIntake intake() {
    return intake;
  }
}
