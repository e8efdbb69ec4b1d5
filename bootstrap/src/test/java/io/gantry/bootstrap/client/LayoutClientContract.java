package io.gantry.bootstrap.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.bootstrap.client.Command.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every client can do that copies between registries and layouts on disk. */
abstract class LayoutClientContract extends ClientContract {
  static final int LAYER_BYTES = 100_000;

  /** Pushes what has the tag 1 in a layout. */
  abstract Outcome copyOut(Path folder, String reference) throws Exception;

  /** Pulls into a layout, under the tag 1, with all that an index lists. */
  abstract Outcome copyIn(String reference, Path folder) throws Exception;

  /** Copies from one repository of the registry to another. */
  abstract Outcome copyAcross(String from, String to) throws Exception;

  @Override
  final Outcome push(String reference) throws Exception {
    Path folder = Files.createTempDirectory(work, "layout-");
    var _ = OciLayout.of(folder, "1", TestImage.random(3, LAYER_BYTES));
    return copyOut(folder, reference);
  }

  @Override
  final void removeLocally(String reference) throws Exception {
    Path folder = pulled(reference);
    if (Files.notExists(folder)) return;
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Override
  final Outcome pull(String reference) throws Exception {
    return copyIn(reference, pulled(reference));
  }

  @Override
  final String digestOfPulled(String reference) throws Exception {
    return new OciLayout(pulled(reference)).digest();
  }

  @Test
  void bringsEveryBlobBackAsItWas() throws Exception {
    OciLayout pushed = OciLayout.of(folder(), "1", TestImage.random(5, LAYER_BYTES));
    assertThat(goesThere(pushed).blobs()).hasSize(7);
  }

  @Test
  void copiesAnIndexWithAllItsImages() throws Exception {
    OciLayout pushed =
        OciLayout.ofTwo(
            folder(),
            "1",
            TestImage.random(2, LAYER_BYTES),
            TestImage.of(TestImage.random(2, LAYER_BYTES).layers(), "arm64"));
    assertThat(goesThere(pushed).blobs()).hasSize(9);
  }

  @Test
  void mountsWhatItCopiesFromOneImageToAnother() throws Exception {
    Target target = target();
    loginAsOwner();
    TestImage image = TestImage.random(3, LAYER_BYTES);
    copyOut(OciLayout.of(folder(), "1", image).folder(), target.reference()).succeeds();

    Target copy = target.beside("copy");
    copyAcross(target.reference(), copy.reference()).succeeds();
    assertThat(dataPlane().pullManifest(copy.repository(), "1").digest())
        .isEqualTo(image.manifest().digest());
    assertMounted(copy.repository(), image);
  }

  final Path folder() throws Exception {
    return Files.createTempDirectory(work, "layout-");
  }

  /** Pushes a layout, and pulls it into another; that one is returned, with the same content. */
  final OciLayout goesThere(OciLayout pushed) throws Exception {
    String reference = target().reference();
    loginAsOwner();
    copyOut(pushed.folder(), reference).succeeds();
    var pulled = new OciLayout(folder().resolve("pulled"));
    copyIn(reference, pulled.folder()).succeeds();
    assertThat(pulled.digest()).isEqualTo(pushed.digest());
    assertThat(pulled.blobs()).isEqualTo(pushed.blobs());
    assertThat(pulled.blobs()).allSatisfy((name, digest) -> assertThat(digest).isEqualTo(name));
    return pulled;
  }

  /** The lines of what a client printed. */
  static List<String> lines(String output) {
    return output.lines().map(String::strip).sorted().toList();
  }

  /** The folder that stands for what the client has of a reference. */
  private Path pulled(String reference) {
    return work.resolve("pulled-" + Content.of(bytes(reference)).digest().substring(7, 19));
  }
}
