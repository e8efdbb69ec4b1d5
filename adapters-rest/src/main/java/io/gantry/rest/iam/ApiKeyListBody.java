package io.gantry.rest.iam;

import io.gantry.domain.identity.KeyDetails;
import io.gantry.domain.paging.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of API keys on the wire. */
@RegisterForReflection
record ApiKeyListBody(List<ApiKeyBody> apiKeys, long totalCount) {

  static ApiKeyListBody from(Page<KeyDetails> page) {
    return new ApiKeyListBody(page.map(ApiKeyBody::from).items(), page.totalCount());
  }
}
