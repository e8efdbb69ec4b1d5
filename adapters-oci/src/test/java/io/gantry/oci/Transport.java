package io.gantry.oci;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;

/** How a client reaches the server. */
enum Transport {
  HTTP1(HttpVersion.HTTP_1_1, false),
  HTTP2(HttpVersion.HTTP_2, false),
  TLS(HttpVersion.HTTP_1_1, true),
  TLS_HTTP2(HttpVersion.HTTP_2, true);

  private static final int WINDOW = 64 << 20;

  /** Small, so that what a client does not read soon stays with the server. */
  private static final int RECEIVE_BUFFER = 64 << 10;

  private final HttpVersion version;
  private final boolean encrypted;

  Transport(HttpVersion version, boolean encrypted) {
    this.version = version;
    this.encrypted = encrypted;
  }

  HttpVersion version() {
    return version;
  }

  boolean isEncrypted() {
    return encrypted;
  }

  /** Of a client that takes any certificate. */
  HttpClientOptions options() {
    return new HttpClientOptions()
        .setHttp2ClearTextUpgrade(false)
        .setHttp2ConnectionWindowSize(WINDOW)
        .setMaxPoolSize(50)
        .setTrustAll(true)
        .setVerifyHost(false)
        .setProtocolVersion(version)
        .setSsl(encrypted)
        .setUseAlpn(this == TLS_HTTP2);
  }

  /** Of a client that has room for little before it reads. */
  HttpClientOptions optionsWithSmallReceiveBuffer() {
    return options().setReceiveBufferSize(RECEIVE_BUFFER);
  }
}
