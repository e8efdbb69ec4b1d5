package io.gantry.persistence.namespace;

import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.NamespaceId;
import jakarta.inject.Singleton;
import org.hibernate.Session;

/**
 * Counts a namespace into its project, so that lists need not count: always in the same of 16
 * shards, so that those who create namespaces seldom wait for each other.
 */
@Singleton
final class NamespaceCount {
  private static final int SHARDS = 16;

  private static final String ADD =
      """
      insert into project_usage as p (project_id, region, shard, image_count, namespace_count)
      values (:project, :region, :shard, 0, 1)
      on conflict (project_id, region, shard) do update set namespace_count = p.namespace_count + 1
      """;

  /** Twice is like once, since only what is deleted is taken off. */
  private static final String REMOVE =
      """
      with usage as (
        delete from namespace_usage where namespace_id = :id
      ), gone as (
        delete from namespace where id = :id returning project_id, region
      )
      update project_usage p set namespace_count = p.namespace_count - 1 from gone
      where p.project_id = gone.project_id and p.region = gone.region and p.shard = :shard
      """;

  private final Session session;

  NamespaceCount(Session session) {
    this.session = session;
  }

  /** Counts a namespace that was stored in this transaction. */
  void add(Namespace namespace) {
    var _ =
        session
            .createNativeMutationQuery(ADD)
            .setParameter("project", namespace.project().value())
            .setParameter("region", namespace.region().value())
            .setParameter("shard", shard(namespace.id()))
            .executeUpdate();
  }

  /** Removes the namespace with its usage, and takes it off its project. */
  void remove(NamespaceId id) {
    var _ =
        session
            .createNativeMutationQuery(REMOVE)
            .setParameter("id", id.value())
            .setParameter("shard", shard(id))
            .executeUpdate();
  }

  private static short shard(NamespaceId id) {
    return (short) (id.value().getLeastSignificantBits() & (SHARDS - 1));
  }
}
