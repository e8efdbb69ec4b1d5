package io.gantry.rest.iam;

import static io.gantry.domain.error.RegistryException.notAllowed;

import io.gantry.application.iam.Recipient;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.error.Uuids;
import io.gantry.domain.identity.ApplicationId;
import io.gantry.rest.QueryParameters;
import io.gantry.rest.RequestBody;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who bears keys and has policies, as requests name them: applications; there are no users. */
final class Bearers {
  private Bearers() {}

  /** The application that a key shall be made for. */
  static ApplicationId required(RequestBody body) {
    refuse(body, "user_id");
    return body.value("application_id", ApplicationId::parse)
        .orElseThrow(() -> RegistryException.required("application_id"));
  }

  /** Whom a policy shall give rights, if the request says so. */
  static Optional<Recipient> recipient(RequestBody body) {
    refuse(body, "user_id");
    refuse(body, "group_id");
    Optional<ApplicationId> application = body.value("application_id", ApplicationId::parse);
    if (!body.flag("no_principal").orElse(false)) {
      return application.map(Recipient.OneApplication::new);
    }
    if (application.isEmpty()) return Optional.of(new Recipient.Nobody());
    throw notAllowed("no_principal", "must not be given together with application_id");
  }

  /** Whose keys a list shall show, if it does not show all. */
  static Optional<Set<ApplicationId>> wanted(QueryParameters parameters) {
    Set<ApplicationId> named =
        Stream.of("bearer_id", "application_id")
            .flatMap(name -> parameters.value(name, text -> parse(name, text)).stream())
            .collect(Collectors.toUnmodifiableSet());
    boolean ofUsers =
        parameters.text("bearer_type").equals("user") || !parameters.text("user_id").isEmpty();
    if (ofUsers || named.size() > 1) return Optional.of(Set.of());
    return named.isEmpty() ? Optional.empty() : Optional.of(named);
  }

  static ProjectId defaultProject(String text) {
    return new ProjectId(Uuids.parse("default_project_id", text));
  }

  private static ApplicationId parse(String name, String text) {
    return new ApplicationId(Uuids.parse(name, text));
  }

  private static void refuse(RequestBody body, String name) {
    if (body.value(name, text -> text).isPresent()) {
      throw notAllowed(name, "must give way to application_id: there are only applications");
    }
  }
}
