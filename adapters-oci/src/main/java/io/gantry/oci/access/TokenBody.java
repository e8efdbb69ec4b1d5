package io.gantry.oci.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The token service's answer.
 *
 * @param accessToken the same as {@code token}; clients read either
 * @param refreshToken only if it was asked for
 * @param scope what was granted
 * @param expiresIn seconds
 * @param issuedAt RFC 3339
 */
@JsonInclude(Include.NON_NULL)
record TokenBody(
    String token,
    @JsonProperty("access_token") String accessToken,
    @JsonProperty("refresh_token") @Nullable String refreshToken,
    String scope,
    @JsonProperty("expires_in") long expiresIn,
    @JsonProperty("issued_at") String issuedAt) {}
