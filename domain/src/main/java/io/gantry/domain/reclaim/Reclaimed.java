package io.gantry.domain.reclaim;

/**
 * What a step of collection freed.
 *
 * @param items rows or objects
 * @param bytes of blob content
 */
public record Reclaimed(long items, long bytes) {
  public static final Reclaimed NOTHING = new Reclaimed(0, 0);

  public Reclaimed plus(Reclaimed other) {
    return new Reclaimed(items + other.items, bytes + other.bytes);
  }
}
