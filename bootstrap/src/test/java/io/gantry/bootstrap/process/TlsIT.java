package io.gantry.bootstrap.process;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.gantry.bootstrap.running.Deadline;
import io.gantry.proto.registry.v1.ListNamespacesRequest;
import io.gantry.proto.registry.v1.RegistryGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS by configuration, as its operator and its clients see it. */
final class TlsIT {
  private static final String SECRET = "11111111-2222-4333-8444-555555555555";
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  @TempDir Path data;
  @TempDir Path certificates;

  private Certificate first;
  private int port;

  @BeforeEach
  void makeCertificate() throws Exception {
    first = Certificate.create(certificates);
    port = freePort();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "jdk"})
  void servesEveryFaceWithPemAndTakesANewCertificateWithoutARestart(String engine)
      throws Exception {
    Path pem = first.writeCertificate(certificates.resolve("tls.pem"));
    Path key = first.writeKey(certificates.resolve("tls.key"));
    try (var server =
        GantryProcess.start(
                data,
                "gantry.tls.certificate=" + pem,
                "gantry.tls.key=" + key,
                "gantry.tls.engine=" + engine,
                "gantry.tls.port=" + port,
                "gantry.tls.reload-period=1s")
            .awaitReady()) {
      assertThat(server.output()).contains("port " + port + ", by https");
      HttpResponse<String> rest = get(first, "/registry/v1/regions/fr-par/namespaces");
      assertThat(rest.statusCode()).isEqualTo(401);
      assertThat(rest.version()).isEqualTo(Version.HTTP_2);
      assertThat(get(first, "/v2/").headers().firstValue("WWW-Authenticate").orElseThrow())
          .contains("realm=\"https://localhost:" + port + "/");
      assertThat(grpcHealth(pem)).isEqualTo(ServingStatus.SERVING);

      Certificate second = Certificate.create(certificates);
      Path _ = second.writeKey(key);
      Path _ = second.writeCertificate(pem);
      Deadline.in(PATIENCE)
          .await(() -> isServedWith(second), () -> "the old certificate:\n" + server.output());
    }
  }

  @Test
  void servesWhenThePortWithoutTlsIsClosed() throws Exception {
    try (var server = startWithKeyStore(first, "quarkus.http.insecure-requests=disabled")) {
      assertThat(get(first, "/v2/").statusCode()).isEqualTo(401);
      assertThatThrownBy(() -> new Socket("localhost", server.uri("/").getPort()).close())
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void encryptsWithBoringSsl() throws Exception {
    try (var server = startWithKeyStore(first)) {
      assertThat(get(first, "/v2/").statusCode()).isEqualTo(401);
      assertThat(server.output()).contains("by https, encrypted by BoringSSL");
      assertThat(server.mappedFiles()).contains("netty_tcnative");
    }
  }

  @Test
  void encryptsWithTheJdkIfToldTo() throws Exception {
    try (var server = startWithKeyStore(first, "gantry.tls.engine=jdk")) {
      assertThat(get(first, "/v2/").statusCode()).isEqualTo(401);
      assertThat(server.output())
          .contains("TLS by the JDK: gantry.tls.engine says so", "encrypted by the JDK");
      assertThat(server.mappedFiles()).doesNotContain("netty_tcnative");
    }
  }

  @Test
  void encryptsWithTheJdkWhereBoringSslCannotBeLoaded() throws Exception {
    try (var server = startWithKeyStore(first, "io.netty.handler.ssl.noOpenSsl=true")) {
      assertThat(get(first, "/v2/").version()).isEqualTo(Version.HTTP_2);
      assertThat(server.output())
          .contains("TLS by the JDK: BoringSSL cannot be used: ", "encrypted by the JDK");
    }
  }

  @ParameterizedTest
  @CsvSource({"RSA, BoringSSL", "Ed25519, the JDK"})
  void takesKeysOfOtherKinds(String algorithm, String engine) throws Exception {
    Certificate other = Certificate.create(certificates, algorithm);
    try (var server = startWithKeyStore(other)) {
      assertThat(get(other, "/v2/").statusCode()).isEqualTo(401);
      assertThat(server.output()).contains("encrypted by " + engine);
    }
  }

  /** TLS 1.2 only if told so; the rest of what BoringSSL knows of it is weaker. */
  @Test
  void speaksWhatIsSafe() throws Exception {
    try (var _ = startWithKeyStore(first, "quarkus.tls.gantry.protocols=TLSv1.3,TLSv1.2")) {
      shakeHands("TLSv1.3", "TLS_AES_128_GCM_SHA256");
      shakeHands("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
      assertThatThrownBy(() -> shakeHands("TLSv1.2", "TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA"))
          .isInstanceOf(SSLException.class);
    }
  }

  private void shakeHands(String version, String suite) throws Exception {
    try (var socket =
        (SSLSocket) first.trust().getSocketFactory().createSocket("localhost", port)) {
      socket.setEnabledProtocols(new String[] {version});
      socket.setEnabledCipherSuites(new String[] {suite});
      socket.startHandshake();
    }
  }

  @Test
  void namesTheEnginesThereAre() throws Exception {
    try (var server = GantryProcess.start(data, "gantry.tls.engine=fast")) {
      assertThat(server.awaitExit()).isEqualTo(2);
      assertThat(server.output())
          .contains("gantry.tls.engine cannot be \"fast\": must be one of")
          .doesNotContain("\tat ", "io.gantry");
    }
  }

  /** Large, so that it is sent in several steps. */
  @ParameterizedTest
  @ValueSource(strings = {"auto", "jdk"})
  void servesBlobsOverEitherVersion(String engine) throws Exception {
    byte[] content = new byte[3_000_000];
    new Random(1).nextBytes(content);
    var digest = MessageDigest.getInstance("SHA-256").digest(content);
    String blobs = "/v2/encrypted/app/blobs/";
    String name = "sha256:" + HexFormat.of().formatHex(digest);
    try (var _ =
            startWithKeyStore(
                first, "gantry.tls.engine=" + engine, "gantry.bootstrap.secret-key=" + SECRET);
        var http = HttpClient.newBuilder().sslContext(first.trust()).build()) {
      var namespace = BodyPublishers.ofString("{\"name\": \"encrypted\"}");
      assertThat(
              send(http, "/registry/v1/regions/fr-par/namespaces", r -> r.POST(namespace))
                  .statusCode())
          .isEqualTo(200);
      var blob = BodyPublishers.ofByteArray(content);
      assertThat(send(http, blobs + "uploads/?digest=" + name, r -> r.POST(blob)).statusCode())
          .isEqualTo(201);

      for (Version version : List.of(Version.HTTP_1_1, Version.HTTP_2)) {
        HttpResponse<byte[]> answer = send(http, blobs + name, r -> r.version(version));
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.headers().allValues("Content-Length")).containsExactly("3000000");
        assertThat(Arrays.equals(answer.body(), content)).as(version.name()).isTrue();
      }
    }
  }

  private HttpResponse<byte[]> send(
      HttpClient http, String path, UnaryOperator<HttpRequest.Builder> prepare) throws Exception {
    String login = Base64.getEncoder().encodeToString(("x:" + SECRET).getBytes(US_ASCII));
    var request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
            .header("Authorization", "Basic " + login)
            .header("X-Auth-Token", SECRET);
    return http.send(prepare.apply(request).build(), BodyHandlers.ofByteArray());
  }

  @Test
  void servesWithPkcs12AndTakesANewOneWithoutARestart() throws Exception {
    try (var server = startWithKeyStore(first, "gantry.tls.reload-period=1s")) {
      assertThat(get(first, "/registry/v1/regions/fr-par/namespaces").statusCode()).isEqualTo(401);

      Certificate second = Certificate.create(certificates);
      Path _ = Files.copy(second.keyStore(), first.keyStore(), StandardCopyOption.REPLACE_EXISTING);
      Deadline.in(PATIENCE)
          .await(() -> isServedWith(second), () -> "the old certificate:\n" + server.output());
    }
  }

  @Test
  void refusesCredentialsWithoutTlsOnEveryFaceIfToldTo() throws Exception {
    try (var server = startStrict()) {
      String control = "/registry/v1/regions/fr-par/namespaces";
      String token = "/registry-internal/v1/regions/fr-par/tokens";
      HttpResponse<String> rest =
          plain(server.uri(control), request -> request.header("X-Auth-Token", SECRET));
      assertThat(rest.statusCode()).isEqualTo(403);
      assertThat(rest.body()).contains("\"encryption_required\"");
      assertThat(rest.headers().firstValue("X-Request-Id")).isPresent();
      for (String path : List.of("/v2/", token)) {
        HttpResponse<String> oci =
            plain(
                server.uri(path), request -> request.header("Authorization", "Basic Z2FudHJ5Ong="));
        assertThat(oci.statusCode()).as(path).isEqualTo(403);
        assertThat(oci.body()).contains("\"DENIED\"");
      }
      assertThat(plain(server.uri(token), r -> r.POST(BodyPublishers.ofString("x"))).statusCode())
          .isEqualTo(403);
      assertThatThrownBy(() -> plainGrpc(server.uri("/").getPort()))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED))
          .hasMessageContaining("TLS only");

      assertThat(plain(server.uri("/v2/"), request -> request).statusCode()).isEqualTo(401);
      assertThat(
              plain(
                      server.uri(control),
                      r -> r.header("X-Auth-Token", SECRET).header("X-Forwarded-Proto", "https"))
                  .statusCode())
          .isEqualTo(403);
      try (var http = HttpClient.newBuilder().sslContext(first.trust()).build()) {
        var request =
            HttpRequest.newBuilder(URI.create("https://localhost:" + port + control))
                .header("X-Auth-Token", SECRET)
                .build();
        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      }
    }
  }

  @Test
  @Timeout(value = 90, threadMode = ThreadMode.SEPARATE_THREAD) // a write may wait for ever
  void readsTheBodyOfARefusedRequestSoThatTheConnectionGoesOn() throws Exception {
    int length = 8 << 20;
    String put =
        "PUT /v2/a/b/blobs/uploads/1 HTTP/1.1\r\nHost: localhost\r\n"
            + "Authorization: Basic Z2FudHJ5Ong=\r\nContent-Length: %d\r\n\r\n".formatted(length);
    String get = "GET /v2/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    try (var server = startStrict();
        var socket = new Socket("localhost", server.uri("/").getPort())) {
      var out = socket.getOutputStream();
      out.write(put.getBytes(US_ASCII));
      out.write(new byte[length]);
      out.write(get.getBytes(US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .containsSubsequence("HTTP/1.1 403 ", "HTTP/1.1 401 ");
    }
  }

  @Test
  void namesTheKeysOfFilesThatCannotBeUsed() throws Exception {
    Path noKey = Files.writeString(certificates.resolve("no.key"), "nothing");
    try (var server =
        GantryProcess.start(
            data,
            "gantry.tls.certificate=" + certificates.resolve("absent.pem"),
            "gantry.tls.key=" + noKey)) {
      assertThat(server.awaitExit()).isEqualTo(2);
      assertThat(server.output())
          .contains("gantry.tls.certificate names a file that cannot be read")
          .contains("gantry.tls.key must be a PEM file")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void namesTheKeyOfAKeyStoreThatThePasswordDoesNotOpen() throws Exception {
    try (var server =
        GantryProcess.start(
            data,
            "gantry.tls.key-store=" + first.keyStore(),
            "gantry.tls.key-store-password=wrong")) {
      assertThat(server.awaitExit()).isEqualTo(2);
      assertThat(server.output()).contains("gantry.tls.key-store must be a PKCS#12 file");
    }
  }

  private GantryProcess startStrict() throws Exception {
    return startWithKeyStore(
        first, "gantry.tls.required-for-credentials=true", "gantry.bootstrap.secret-key=" + SECRET);
  }

  private GantryProcess startWithKeyStore(Certificate certificate, String... more)
      throws IOException {
    var properties =
        Stream.of(
            "gantry.tls.key-store=" + certificate.keyStore(),
            "gantry.tls.key-store-password=" + Certificate.PASSWORD,
            "gantry.tls.port=" + port);
    return GantryProcess.start(
            data, Stream.concat(properties, Stream.of(more)).toArray(String[]::new))
        .awaitReady();
  }

  private boolean isServedWith(Certificate certificate) {
    try {
      return get(certificate, "/v2/").statusCode() == 401;
    } catch (SSLException e) {
      return false;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<String> plain(URI uri, UnaryOperator<HttpRequest.Builder> prepare)
      throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      HttpRequest request = prepare.apply(HttpRequest.newBuilder(uri)).build();
      return http.send(request, BodyHandlers.ofString());
    }
  }

  private static void plainGrpc(int port) {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port).usePlaintext().build();
    Metadata key = new Metadata();
    key.put(Metadata.Key.of("x-auth-token", Metadata.ASCII_STRING_MARSHALLER), SECRET);
    try {
      var _ =
          RegistryGrpc.newBlockingStub(channel)
              .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(key))
              .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
              .listNamespaces(ListNamespacesRequest.newBuilder().setRegion("fr-par").build());
    } finally {
      var _ = channel.shutdownNow();
    }
  }

  /** On a connection of its own, trusting this certificate only. */
  private HttpResponse<String> get(Certificate trusted, String path) throws Exception {
    try (var http = HttpClient.newBuilder().sslContext(trusted.trust()).build()) {
      URI uri = URI.create("https://localhost:" + port + path);
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
  }

  private ServingStatus grpcHealth(Path trusted) throws Exception {
    ManagedChannel channel =
        NettyChannelBuilder.forAddress("localhost", port)
            .sslContext(GrpcSslContexts.forClient().trustManager(trusted.toFile()).build())
            .build();
    try {
      return HealthGrpc.newBlockingStub(channel)
          .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
          .check(HealthCheckRequest.getDefaultInstance())
          .getStatus();
    } finally {
      var _ = channel.shutdownNow();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
