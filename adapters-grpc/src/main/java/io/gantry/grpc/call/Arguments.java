package io.gantry.grpc.call;

import static io.gantry.domain.error.RegistryException.notAllowed;

import com.google.protobuf.Timestamp;
import io.gantry.domain.paging.PageRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads fields of requests as values, and writes values as fields. */
public final class Arguments {
  private Arguments() {}

  /** The text as {@code reader} understands it, nothing if it is empty. */
  public static <T> Optional<T> value(String text, Function<String, T> reader) {
    return text.isEmpty() ? Optional.empty() : Optional.of(reader.apply(text));
  }

  /**
   * The page asked for.
   *
   * @param size an unsigned field, so what is above 31 bits comes as negative and is refused too
   */
  public static PageRequest page(boolean hasNumber, int number, boolean hasSize, int size) {
    return new PageRequest(hasNumber ? number : 1, hasSize ? size : PageRequest.DEFAULT_SIZE);
  }

  /**
   * The constant of {@code orders} that has the name of {@code order} without its prefix; the first
   * one for the unspecified order.
   */
  public static <E extends Enum<E>> E order(Enum<?> order, Class<E> orders) {
    String name = order.name();
    E[] all = orders.getEnumConstants();
    if (name.equals("ORDER_BY_UNSPECIFIED")) return all[0];
    return Arrays.stream(all)
        .filter(one -> name.equals("ORDER_BY_" + one))
        .findFirst()
        .orElseThrow(
            () ->
                notAllowed(
                    "order_by",
                    "must be one of "
                        + Arrays.stream(all)
                            .map(one -> "ORDER_BY_" + one)
                            .collect(Collectors.joining(", "))));
  }

  public static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /** A count as an unsigned field of 32 bits, which holds more than the registry can. */
  public static int count(long count) {
    return (int) Math.min(count, 0xFFFF_FFFFL);
  }
}
