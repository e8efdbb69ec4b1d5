package io.gantry.rest.iam;

import io.gantry.application.iam.CountedApplication;
import io.gantry.domain.identity.Application;
import io.gantry.rest.Timestamps;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** An application on the wire. */
@RegisterForReflection
record ApplicationBody(
    String id,
    String name,
    String description,
    String createdAt,
    String updatedAt,
    String organizationId,
    boolean editable,
    boolean deletable,
    boolean managed,
    long nbApiKeys,
    List<String> tags) {

  static ApplicationBody from(CountedApplication counted) {
    Application application = counted.application();
    boolean editable = application.origin().isEditable();
    return new ApplicationBody(
        application.id().toString(),
        application.label().name(),
        application.label().description(),
        Timestamps.write(application.createdAt()),
        Timestamps.write(application.updatedAt()),
        application.organization().toString(),
        editable,
        editable,
        !editable,
        counted.keys(),
        application.label().tags());
  }
}
