package io.gantry.application.manifest;

import io.gantry.domain.access.ProjectId;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Region;
import io.gantry.domain.pull.Found;
import io.gantry.domain.pull.FoundManifest;
import io.gantry.domain.pull.LinkedBlob;
import io.gantry.domain.pull.PullQueries;
import io.gantry.domain.pull.ReferrerPage;
import io.gantry.domain.pull.ReferrerQuery;
import io.gantry.domain.pull.WantedBlob;
import io.gantry.domain.pull.WantedManifest;
import io.gantry.domain.tag.TagName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** Looks manifests up when it is let to, and notes which ones together. */
final class HeldPulls implements PullQueries {
  private final PullQueries pulls;
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
  private final Semaphore go = new Semaphore(0);

  HeldPulls(PullQueries pulls) {
    this.pulls = pulls;
  }

  /** Lets so many calls go on, whether they are there yet or not. */
  void letGo(int calls) {
    go.release(calls);
  }

  /** How many were wanted, and which. */
  List<String> calls() {
    return List.copyOf(calls);
  }

  @Override
  public Map<WantedManifest, Found<FoundManifest>> manifests(
      Collection<WantedManifest> wanted, long most) {
    calls.add(
        wanted.stream()
            .map(one -> one.reference().toString())
            .collect(Collectors.joining(" ", wanted.size() + " ", "")));
    go.acquireUninterruptibly();
    return pulls.manifests(wanted, most);
  }

  @Override
  public Map<WantedBlob, Found<LinkedBlob>> blobs(Collection<WantedBlob> wanted, Duration lease) {
    return pulls.blobs(wanted, lease);
  }

  @Override
  public Optional<Found<List<TagName>>> tagNames(
      Region region, RepositoryPath path, Optional<String> last, int limit) {
    return pulls.tagNames(region, path, last, limit);
  }

  @Override
  public Optional<Found<ReferrerPage>> referrers(
      Region region, RepositoryPath path, ReferrerQuery query) {
    return pulls.referrers(region, path, query);
  }

  @Override
  public List<RepositoryPath> repositories(
      Region region, Set<ProjectId> projects, Optional<String> last, int limit) {
    return pulls.repositories(region, projects, last, limit);
  }
}
