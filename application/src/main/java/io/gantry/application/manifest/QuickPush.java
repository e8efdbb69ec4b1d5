package io.gantry.application.manifest;

import static java.util.stream.Collectors.toMap;

import io.gantry.application.group.Grouped;
import io.gantry.application.group.Grouped.Repeats;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.tag.PushIntake;
import io.gantry.domain.tag.SimplePush;
import io.gantry.domain.tag.TagId;
import io.gantry.domain.tag.TagName;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The short way of simple pushes into images that are known from before: all that come at once,
 * into one image or many, share a transaction, and so the images' locks and the wait for the disk.
 * Saying no here decides nothing: the ordinary way finds out why.
 */
public final class QuickPush {
  private final PushIntake intake;
  private final UnitOfWork unitOfWork;
  private final Grouped<Target, SimplePush, TagId> taking;

  private record Target(ImageId image, TagName tag) {
    static Target of(SimplePush push) {
      return new Target(push.image(), push.tag());
    }
  }

  public QuickPush(PushIntake intake, UnitOfWork unitOfWork) {
    this.intake = intake;
    this.unitOfWork = unitOfWork;
    this.taking = new Grouped<>(this::take, Target::of, Repeats.WAIT);
  }

  /** True when manifest and tag are durable; false if nothing was done. */
  boolean put(SimplePush push) {
    return taking.handle(push).isPresent();
  }

  private Map<Target, TagId> take(List<SimplePush> pushes) {
    Set<TagId> taken = unitOfWork.inTransaction(() -> intake.take(pushes));
    return pushes.stream()
        .filter(push -> taken.contains(push.id()))
        .collect(toMap(Target::of, SimplePush::id));
  }
}
