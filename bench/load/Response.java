import java.io.IOException;

/** An answer; of its body only the length and the first bytes are kept. */
record Response(int status, String location, long bodyLength, String text) {
  void expect(int wanted) throws IOException {
    if (status != wanted)
      throw new IOException("status " + status + ", not " + wanted + ": " + text);
  }
}
