package io.gantry.oci.blob;

import io.gantry.domain.blob.BlobContent;
import io.gantry.domain.blob.BlobContent.Source;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.LongStream;

/**
 * Several parts of a blob as {@code multipart/byteranges}, RFC 9110 §14.6. Its length is known
 * before any byte is read, and no part is opened before the one in front of it has been read.
 */
final class MultipartBody {
  private static final String AFTER_PART = "\r\n";

  private final String boundary = UUID.randomUUID().toString();
  private final List<ByteRange> ranges;
  private final long size;

  MultipartBody(List<ByteRange> ranges, long size) {
    this.ranges = ranges;
    this.size = size;
  }

  String contentType() {
    return "multipart/byteranges; boundary=" + boundary;
  }

  /** In bytes. */
  long length() {
    LongStream parts =
        ranges.stream()
            .mapToLong(range -> head(range).length() + range.length() + AFTER_PART.length());
    return parts.sum() + end().length();
  }

  /** The bytes; the caller closes the stream. */
  InputStream open(BlobContent content) {
    return switch (content) {
      case BlobContent.Streamed(var source) -> new Concatenation(streams(source), () -> {});
      case BlobContent.LocalFile(var path) -> {
        try {
          FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
          Source source = (offset, length) -> new FilePart(file, offset, length);
          yield new Concatenation(streams(source), file);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private Queue<Supplier<InputStream>> streams(Source source) {
    Queue<Supplier<InputStream>> streams = new ArrayDeque<>();
    for (ByteRange range : ranges) {
      streams.add(() -> text(head(range)));
      streams.add(() -> source.read(range.first(), range.length()));
      streams.add(() -> text(AFTER_PART));
    }
    streams.add(() -> text(end()));
    return streams;
  }

  private String head(ByteRange range) {
    return "--%s\r\nContent-Type: application/octet-stream\r\nContent-Range: %s\r\n\r\n"
        .formatted(boundary, range.contentRange(size));
  }

  private String end() {
    return "--" + boundary + "--\r\n";
  }

  private static InputStream text(String ascii) {
    return new ByteArrayInputStream(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
