package io.gantry.domain.pull;

import java.util.List;

/**
 * Some of the referrers that were asked for.
 *
 * @param more whether others follow after the last one here
 */
public record ReferrerPage(List<Referrer> referrers, boolean more) {
  public ReferrerPage {
    referrers = List.copyOf(referrers);
  }
}
