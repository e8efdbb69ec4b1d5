package io.gantry.oci.access;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The token service's answer.
 *
 * @param accessToken the same as {@code token}; clients read either
 * @param expiresIn seconds
 * @param issuedAt RFC 3339
 */
record TokenBody(
    String token,
    @JsonProperty("access_token") String accessToken,
    @JsonProperty("expires_in") long expiresIn,
    @JsonProperty("issued_at") String issuedAt) {}
