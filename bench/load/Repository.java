import java.io.IOException;
import java.nio.ByteBuffer;

/** The requests of a client about one repository, on one connection. */
record Repository(Connection connection, String name) {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  String blobs() {
    return "/v2/" + name + "/blobs/";
  }

  String manifest(String reference) {
    return "/v2/" + name + "/manifests/" + reference;
  }

  /** Begins an upload and returns where it goes on. */
  String startUpload() throws IOException {
    var response = connection.send("POST", blobs() + "uploads/", NOTHING);
    response.expect(202);
    return response.location();
  }

  /** POST, then PUT with all bytes. */
  void push(byte[] body, String digest) throws IOException {
    String session = startUpload();
    connection.send("PUT", withDigest(session, digest), ByteBuffer.wrap(body)).expect(201);
  }

  /** As docker does: is it there, POST, PATCH, PUT. */
  void pushAsDocker(byte[] body, String digest) throws IOException {
    head(blobs() + digest).expect(404);
    var patched =
        connection.send(
            "PATCH",
            startUpload(),
            ByteBuffer.wrap(body),
            "Content-Type: application/octet-stream");
    patched.expect(202);
    connection.send("PUT", withDigest(patched.location(), digest), NOTHING).expect(201);
  }

  void pushManifest(byte[] manifest, String reference) throws IOException {
    connection
        .send("PUT", manifest(reference), ByteBuffer.wrap(manifest), "Content-Type: " + MANIFEST)
        .expect(201);
  }

  Response head(String target) throws IOException {
    connection.head("HEAD", target, "Accept: " + MANIFEST);
    return connection.receiveHead();
  }

  Response get(String target) throws IOException {
    connection.head("GET", target, "Accept: " + MANIFEST);
    return connection.receive();
  }

  static String withDigest(String location, String digest) {
    return location + (location.contains("?") ? "&" : "?") + "digest=" + digest;
  }
}
