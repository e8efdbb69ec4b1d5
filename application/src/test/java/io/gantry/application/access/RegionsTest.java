package io.gantry.application.access;

import static io.gantry.application.ControlPlane.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gantry.domain.error.ArgumentReason;
import io.gantry.domain.error.RegistryError.InvalidArgument;
import io.gantry.domain.namespace.Region;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RegionsTest {
  private static final Region PARIS = new Region("fr-par");
  private static final Region AMSTERDAM = new Region("nl-ams");

  private final Regions regions = new Regions(endpoints(), PARIS);

  @Test
  void readsAServedRegion() {
    assertThat(regions.parse("nl-ams")).isEqualTo(AMSTERDAM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "pl-waw", "FR-PAR", "fr-par ", "../fr-par"})
  void refusesAnyOther(String text) {
    assertThat(failureOf(() -> regions.parse(text)))
        .isEqualTo(
            new InvalidArgument(
                "region", ArgumentReason.CONSTRAINT, "must be one of fr-par, nl-ams"));
  }

  @Test
  void findsTheRegionOfAHostAndElseTheDefault() {
    assertThat(regions.ofHost("Ams.example:5000")).isEqualTo(AMSTERDAM);
    assertThat(regions.ofHost("elsewhere.example")).isEqualTo(PARIS);
  }

  @Test
  void needsToServeTheDefaultRegion() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Regions(Map.of(), PARIS));
  }

  private static Map<Region, String> endpoints() {
    Map<Region, String> endpoints = new LinkedHashMap<>();
    endpoints.put(PARIS, "localhost:8080");
    endpoints.put(AMSTERDAM, "ams.example:5000");
    return endpoints;
  }
}
