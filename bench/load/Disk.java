import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What no registry on this machine can surpass by much: the bytes of a layer are hashed and written
 * to {@code --file} by one thread, and synced.
 */
final class Disk {
  private static final int MIB = 1 << 20;

  private final Options options;

  Disk(Options options) {
    this.options = options;
  }

  String run() throws IOException {
    int mebibytes = options.number("mebibytes", 1024);
    Path file = Path.of(options.text("file"));
    byte[] block = new byte[MIB];
    Content.random().nextBytes(block);
    var sha256 = Content.sha256();
    var buffer = ByteBuffer.allocateDirect(MIB);
    long started = System.nanoTime();
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int i = 0; i < mebibytes; i++) {
        sha256.update(Content.stamped(block, i));
        buffer.clear().put(block).flip();
        while (buffer.hasRemaining()) channel.write(buffer);
      }
      channel.force(true);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    Files.delete(file);
    return "rate=%.1f unit=MiB/s seconds=%.2f".formatted(mebibytes / seconds, seconds);
  }
}
