package io.gantry.rest;

import static io.restassured.RestAssured.given;

import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.specification.RequestSpecification;

/** Sends requests as written: nothing is added to a content type, nothing encoded twice. */
final class Client {
  static final String REGION = "/registry/v1/regions/fr-par";

  private static final RestAssuredConfig AS_WRITTEN =
      RestAssuredConfig.config()
          .encoderConfig(
              EncoderConfig.encoderConfig()
                  .appendDefaultContentCharsetToContentTypeIfUndefined(false));

  private Client() {}

  static RequestSpecification anonymous() {
    return given().config(AS_WRITTEN).urlEncodingEnabled(false);
  }

  static RequestSpecification as(String secret) {
    return anonymous().header("X-Auth-Token", secret);
  }

  static RequestSpecification owner() {
    return as(TestRegistry.OWNER);
  }
}
