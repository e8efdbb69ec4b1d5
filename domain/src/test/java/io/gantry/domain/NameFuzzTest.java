package io.gantry.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.gantry.domain.blob.Digest;
import io.gantry.domain.image.RepositoryPath;
import io.gantry.domain.manifest.MediaType;
import io.gantry.domain.tag.Reference;
import io.gantry.domain.tag.TagName;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Whatever a name's text is, it is refused as the caller's mistake or kept as it is. */
final class NameFuzzTest {
  private static final int TEXTS = 20_000;
  private static final String SHA256 = "sha256:" + "0a".repeat(32);
  private static final String SHA512 = "sha512:" + "0a".repeat(64);

  @Test
  void repositoryNames() {
    keeps(
        RepositoryPath::parse,
        "[a-z0-9-]+(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)+",
        List.of("demo/app", "my-space/a/b/c", "demo/a__b.c-d", "demo/blobs/uploads"));
  }

  @Test
  void digests() {
    keeps(Digest::parse, "sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}", List.of(SHA256, SHA512));
  }

  @Test
  void tags() {
    keeps(TagName::new, "[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}", List.of("latest", "v1.0_rc-2"));
    Fuzz.texts(
        TEXTS,
        List.of("latest", "v1.0_rc-2"),
        text ->
            assertThat(TagName.isValid(text))
                .isEqualTo(Fuzz.accepted(TagName::new, text).isPresent()));
  }

  @Test
  void references() {
    Fuzz.texts(
        TEXTS,
        List.of("latest", SHA256, SHA512),
        text ->
            Fuzz.accepted(Reference::parse, text)
                .ifPresent(
                    reference -> {
                      assertThat(reference).hasToString(text);
                      assertThat(reference instanceof Reference.ByDigest)
                          .isEqualTo(text.contains(":"));
                    }));
  }

  @Test
  void mediaTypes() {
    keeps(
        MediaType::new,
        "[\\x21-\\x7e]+/[\\x21-\\x7e]+",
        List.of("application/vnd.oci.image.manifest.v1+json", "text/plain"));
  }

  private static void keeps(Function<String, ?> parser, String grammar, List<String> examples) {
    assertThat(examples).allSatisfy(text -> assertThat(parser.apply(text)).hasToString(text));
    Fuzz.texts(
        TEXTS,
        examples,
        text ->
            Fuzz.accepted(parser, text)
                .ifPresent(
                    name -> {
                      assertThat(name).hasToString(text);
                      assertThat(text).matches(grammar);
                    }));
  }
}
