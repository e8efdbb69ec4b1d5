package io.gantry.bootstrap.race;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrap.client.Content;
import io.gantry.bootstrap.running.Deadline;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What many clients at once may expect of one registry: nobody fails for losing a race. */
abstract class RacesContract {
  private static final int CLIENTS = 64;
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private String namespace = "";

  /** The registry under test; the same for all tests. */
  protected abstract Replicas replicas();

  @BeforeEach
  void createNamespace() {
    namespace = "race-" + UUID.randomUUID().toString().substring(0, 13);
    replicas().createNamespace(namespace);
  }

  /** One size of those held in memory, and one of those streamed. */
  @ParameterizedTest
  @ValueSource(ints = {5_003, 300_007})
  void everyPushOfOneBlobSucceedsAndOneObjectStays(int size) {
    Content blob = random(size);
    List<Integer> statuses = atOnce(i -> replicas().pushBlob(i, repository("app" + i % 4), blob));
    assertThat(statuses).containsOnly(201);
    for (int i = 0; i < 4; i++) {
      assertThat(pull(i, "app" + i, blob)).isEqualTo(200);
    }
    Deadline.in(PATIENCE)
        .await(
            () -> replicas().filesOf(size) == 1,
            () -> replicas().filesOf(size) + " objects instead of one");
  }

  @Test
  void everyPushOfOneTagSucceedsAndOneOfThemStays() {
    List<Content> indexes = IntStream.range(0, CLIENTS).mapToObj(RacesContract::index).toList();
    assertThat(atOnce(i -> putManifest(i, "latest", indexes.get(i)))).containsOnly(201);
    String tagged = replicas().get(0, manifest("latest")).body();
    assertThat(indexes).extracting(index -> new String(index.bytes(), UTF_8)).contains(tagged);
    for (Content index : indexes) {
      assertThat(replicas().get(1, manifest(index.digest())).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void everyPushOfOneManifestUnderItsOwnTagSucceeds() {
    Content index = index(0);
    assertThat(atOnce(i -> putManifest(i, "t" + i % 8, index))).containsOnly(201);
    String tags = replicas().get(0, "/v2/" + repository("app") + "/tags/list").body();
    for (int i = 0; i < 8; i++) assertThat(tags).contains("\"t" + i + "\"");
  }

  @Test
  void aMountBesideDeletesEitherHoldsOrOpensASession() {
    Content blob = random(4_001);
    String source = "/v2/" + repository("source") + "/blobs/" + blob.digest();
    assertThat(replicas().pushBlob(0, repository("source"), blob)).isEqualTo(201);
    List<Integer> statuses =
        atOnce(
            i ->
                switch (i % 4) {
                  case 0 -> replicas().delete(i, source);
                  case 1 -> replicas().pushBlob(i, repository("source"), blob);
                  default ->
                      replicas().mount(i, repository("t" + i), blob.digest(), repository("source"));
                });
    for (int i = 0; i < CLIENTS; i++) {
      switch (i % 4) {
        case 0 -> assertThat(statuses.get(i)).isIn(202, 404);
        case 1 -> assertThat(statuses.get(i)).isEqualTo(201);
        default -> {
          assertThat(statuses.get(i)).isIn(201, 202);
          if (statuses.get(i) == 201) assertThat(pull(i, "t" + i, blob)).isEqualTo(200);
        }
      }
    }
  }

  @Test
  void theSameClosingRequestSucceedsHoweverOftenItIsSent() {
    Content blob = random(3_001);
    String location = replicas().open(0, repository("app"));
    assertThat(atOnce(i -> replicas().put(i, location, blob.digest(), blob.bytes())))
        .containsOnly(201);
    assertThat(pull(0, "app", blob)).isEqualTo(200);
  }

  @Test
  void theSameClosingRequestOfWhatWasSentBeforeSucceedsHoweverOftenItIsSent() {
    Content blob = random(300_001);
    String location = replicas().open(0, repository("app"));
    assertThat(replicas().patch(0, location, blob.bytes(), 0)).isEqualTo(202);
    assertThat(atOnce(i -> replicas().put(i, location, blob.digest(), new byte[0])))
        .containsOnly(201);
    assertThat(pull(1, "app", blob)).isEqualTo(200);
  }

  @Test
  void aChunkThatIsSentOftenIsTakenOnce() {
    Content blob = random(2_000);
    String location = replicas().open(0, repository("app"));
    List<Integer> statuses = atOnce(i -> replicas().patch(i, location, blob.bytes(), 0));
    assertThat(statuses).contains(202).isSubsetOf(202, 409, 416);
    String standing = replicas().get(1, location).headers().firstValue("Range").orElseThrow();
    assertThat(standing).isEqualTo("0-1999");
    assertThat(replicas().put(0, location, blob.digest(), new byte[0])).isEqualTo(201);
    assertThat(pull(1, "app", blob)).isEqualTo(200);
  }

  /** Each is behind those before it, or is told that it is not there. */
  @Test
  void everySmallStreamThatIsAcknowledgedIsThereOnce() {
    byte[] bytes = random(1_009).bytes();
    String location = replicas().open(0, repository("app"));
    List<Integer> statuses = atOnce(i -> replicas().stream(i, location, bytes));
    assertThat(statuses).contains(202).isSubsetOf(202, 409);
    int taken = Collections.frequency(statuses, 202);
    ByteBuffer all = ByteBuffer.allocate(taken * bytes.length);
    while (all.hasRemaining()) all.put(bytes);
    Content blob = Content.of(all.array());
    assertThat(replicas().put(1, location, blob.digest(), new byte[0])).isEqualTo(201);
    assertThat(pull(0, "app", blob)).isEqualTo(200);
    assertThat(replicas().filesOf(bytes.length)).isLessThan(2);
  }

  @Test
  void anyReplicaContinuesAnUpload() {
    Content blob = random(900_000);
    String location = replicas().open(0, repository("app"));
    for (int i = 0; i < 9; i++) {
      byte[] chunk = Arrays.copyOfRange(blob.bytes(), i * 100_000, (i + 1) * 100_000);
      assertThat(replicas().patch(i, location, chunk, i * 100_000L)).isEqualTo(202);
    }
    assertThat(replicas().put(1, location, blob.digest(), new byte[0])).isEqualTo(201);
    assertThat(pull(0, "app", blob)).isEqualTo(200);
  }

  private int putManifest(int client, String reference, Content manifest) {
    return replicas().putManifest(client, repository("app"), reference, manifest);
  }

  private String manifest(String reference) {
    return "/v2/" + repository("app") + "/manifests/" + reference;
  }

  private int pull(int client, String image, Content blob) {
    String path = "/v2/" + repository(image) + "/blobs/" + blob.digest();
    return replicas().get(client, path).statusCode();
  }

  private String repository(String image) {
    return namespace + "/" + image;
  }

  private static Content random(int size) {
    byte[] bytes = new byte[size];
    new Random().nextBytes(bytes);
    return Content.of(bytes);
  }

  private static Content index(int number) {
    return Content.of(
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[],\
        "annotations":{"number":"%d"}}"""
            .formatted(number)
            .getBytes(UTF_8));
  }

  /** What {@code call} returns to as many clients, who start together. */
  private static List<Integer> atOnce(IntFunction<Integer> call) {
    CountDownLatch start = new CountDownLatch(1);
    List<Future<Integer>> running = new ArrayList<>();
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        int number = i;
        running.add(
            clients.submit(
                () -> {
                  start.await();
                  return call.apply(number);
                }));
      }
      start.countDown();
      return running.stream().map(RacesContract::result).toList();
    }
  }

  private static int result(Future<Integer> running) {
    try {
      return running.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a client failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
