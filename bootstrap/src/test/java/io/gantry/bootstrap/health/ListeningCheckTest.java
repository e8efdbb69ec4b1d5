package io.gantry.bootstrap.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.vertx.http.HttpServerStart;
import io.quarkus.vertx.http.HttpsServerStart;
import io.vertx.core.http.HttpServerOptions;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

final class ListeningCheckTest {
  private static final HttpServerStart PLAIN = new HttpServerStart(new HttpServerOptions());
  private static final HttpsServerStart TLS = new HttpsServerStart(new HttpServerOptions());

  @Test
  void isReadyWhenTheOnlyPortIsOpen() {
    var check = new ListeningCheck(true, false);
    assertThat(check.call().getStatus()).isEqualTo(Status.DOWN);

    check.opened(PLAIN);
    assertThat(check.call().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void isReadyWhenTheTlsPortIsOpenAndThereIsNoOther() {
    var check = new ListeningCheck(false, true);
    assertThat(check.call().getStatus()).isEqualTo(Status.DOWN);

    check.opened(TLS);
    assertThat(check.call().getStatus()).isEqualTo(Status.UP);
  }

  @Test
  void isReadyWhenBothPortsAreOpen() {
    var check = new ListeningCheck(true, true);
    check.opened(PLAIN);
    assertThat(check.call().getStatus()).isEqualTo(Status.DOWN);

    check.opened(TLS);
    assertThat(check.call().getStatus()).isEqualTo(Status.UP);
  }
}
