package io.gantry.application.manifest;

import io.gantry.application.group.Grouped;
import io.gantry.application.group.Grouped.Repeats;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.image.ImageId;
import io.gantry.domain.tag.PushIntake;
import io.gantry.domain.tag.PushIntake.Taken;
import io.gantry.domain.tag.SimplePush;
import io.gantry.domain.tag.TagId;
import io.gantry.domain.tag.TagName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The short way of simple pushes into images that are known from before: all that come at once,
 * into one image or many, share a transaction, and so the images' locks and the wait for the disk.
 * Saying no here decides nothing: the ordinary way finds out why.
 *
 * <p>Pushes into images whose lock somebody else has come together in groups of their own, so that
 * only they wait for it.
 */
public final class QuickPush {
  private final PushIntake intake;
  private final UnitOfWork unitOfWork;
  private final Grouped<Target, SimplePush, Answer> taking;
  private final Grouped<Target, SimplePush, Answer> waiting;

  private enum Answer {
    TAKEN,
    /** Somebody else has the lock of the image, or it is not usable. */
    BUSY
  }

  private record Target(ImageId image, TagName tag) {
    static Target of(SimplePush push) {
      return new Target(push.image(), push.tag());
    }
  }

  public QuickPush(PushIntake intake, UnitOfWork unitOfWork) {
    this.intake = intake;
    this.unitOfWork = unitOfWork;
    this.taking = new Grouped<>(this::takeFree, Target::of, Repeats.WAIT);
    this.waiting = new Grouped<>(this::take, Target::of, Repeats.WAIT);
  }

  /** True when manifest and tag are durable; false if nothing was done. */
  boolean put(SimplePush push) {
    Optional<Answer> answer = taking.handle(push);
    if (answer.equals(Optional.of(Answer.BUSY))) answer = waiting.handle(push);
    return answer.equals(Optional.of(Answer.TAKEN));
  }

  private Map<Target, Answer> takeFree(List<SimplePush> pushes) {
    Taken taken = unitOfWork.inTransaction(() -> intake.takeFree(pushes));
    Map<Target, Answer> answers = taken(pushes, taken.ids());
    for (SimplePush push : pushes) {
      if (taken.busy().contains(push.image())) answers.put(Target.of(push), Answer.BUSY);
    }
    return answers;
  }

  private Map<Target, Answer> take(List<SimplePush> pushes) {
    return taken(pushes, unitOfWork.inTransaction(() -> intake.take(pushes)));
  }

  private static Map<Target, Answer> taken(List<SimplePush> pushes, Set<TagId> ids) {
    Map<Target, Answer> answers = new HashMap<>();
    for (SimplePush push : pushes) {
      if (ids.contains(push.id())) answers.put(Target.of(push), Answer.TAKEN);
    }
    return answers;
  }
}
