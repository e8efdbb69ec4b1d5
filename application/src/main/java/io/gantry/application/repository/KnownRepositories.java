package io.gantry.application.repository;

import io.gantry.domain.image.Repository;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.namespace.Region;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the paths that were pushed to last were found to lead to. Bounded; what is asked for least
 * recently goes first. Thread-safe.
 */
final class KnownRepositories {
  private static final int MOST = 10_000;

  private record Place(Region region, RepositoryPath path) {}

  private final Map<Place, Repository> known =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Place, Repository> eldest) {
          return size() > MOST;
        }
      };

  Optional<Repository> find(Region region, RepositoryPath path) {
    synchronized (known) {
      return Optional.ofNullable(known.get(new Place(region, path)));
    }
  }

  void remember(Region region, Repository repository) {
    synchronized (known) {
      known.put(new Place(region, repository.path()), repository);
    }
  }

  void forget(Region region, RepositoryPath path) {
    synchronized (known) {
      known.remove(new Place(region, path));
    }
  }
}
