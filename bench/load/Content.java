import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Random bytes and their digests. */
final class Content {
  private Content() {}

  static RandomGenerator random() {
    return RandomGenerator.of("L64X128MixRandom");
  }

  /** Writes {@code number} into the first bytes of {@code body}, which makes it distinct. */
  static byte[] stamped(byte[] body, int number) {
    ByteBuffer.wrap(body).putInt(number);
    return body;
  }

  static String digest(byte[] content) {
    var sha256 = sha256();
    return "sha256:" + HexFormat.of().formatHex(sha256.digest(content));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
