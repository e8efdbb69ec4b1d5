package io.gantry.rest.iam;

import io.gantry.application.iam.CountedApplication;
import io.gantry.domain.paging.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of applications on the wire. */
@RegisterForReflection
record ApplicationListBody(List<ApplicationBody> applications, long totalCount) {

  static ApplicationListBody from(Page<CountedApplication> page) {
    return new ApplicationListBody(page.map(ApplicationBody::from).items(), page.totalCount());
  }
}
