package io.gantry.rest.project;

import io.gantry.domain.identity.ProjectDetails;
import io.gantry.domain.paging.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** A page of projects on the wire. */
@RegisterForReflection
record ProjectListBody(long totalCount, List<ProjectBody> projects) {

  static ProjectListBody from(Page<ProjectDetails> page) {
    return new ProjectListBody(page.totalCount(), page.map(ProjectBody::from).items());
  }
}
