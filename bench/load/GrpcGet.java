import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/** The unary call GetNamespace over gRPC, {@code --calls} at a time on each connection. */
final class GrpcGet {
  private static final String METHOD = "/scaleway.registry.v1.Registry/GetNamespace";

  private final Options options;

  GrpcGet(Options options) {
    this.options = options;
  }

  String run() throws Exception {
    var server = URI.create(options.text("url"));
    String id = options.text("id");
    String[] headers = {
      ":method", "POST",
      ":scheme", "http",
      ":path", METHOD,
      ":authority", server.getAuthority(),
      "te", "trailers",
      "content-type", "application/grpc",
      "x-auth-token", System.getenv("GANTRY_SECRET")
    };
    var request = new Http2.Request(headers, message(options.text("region", "fr-par"), id));
    int calls = options.number("calls", 1);
    Callable<Http2> connect = () -> new Http2(server);
    Times.Work<Http2> get =
        (connection, steps) ->
            connection.call(
                calls,
                request,
                steps,
                answer -> {
                  if (!new String(answer, StandardCharsets.ISO_8859_1).contains(id)) {
                    throw new IOException("the answer is not the namespace");
                  }
                });
    int connections = options.connections();
    Times.overlapping(options.number("warm-up", 500), connections, connect, get);
    return Times.overlapping(options.number("count", 2000), connections, connect, get)
        .summary("calls/s");
  }

  /** GetNamespaceRequest: field 1 the region, field 2 the id; with gRPC's prefix of five bytes. */
  private static byte[] message(String region, String id) {
    var fields = new ByteArrayOutputStream();
    text(fields, 1, region);
    text(fields, 2, id);
    var message = new ByteArrayOutputStream();
    message.writeBytes(new byte[] {0, 0, 0, 0, (byte) fields.size()});
    message.writeBytes(fields.toByteArray());
    return message.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, int field, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    out.write(field << 3 | 2);
    out.write(bytes.length);
    out.writeBytes(bytes);
  }
}
