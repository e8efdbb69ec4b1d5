package io.gantry.bootstrap.operator;

import io.gantry.application.iam.ApiKeyOrder;
import io.gantry.application.iam.CreateKeyWithRights;
import io.gantry.application.iam.DeleteApiKey;
import io.gantry.application.iam.IssuedKey;
import io.gantry.application.iam.ListApiKeys;
import io.gantry.application.iam.Operator;
import io.gantry.application.iam.RuleSpec;
import io.gantry.bootstrap.access.ConfiguredKeys;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.Caller;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.error.RegistryError;
import io.gantry.domain.error.RegistryError.InvalidArgument;
import io.gantry.domain.error.RegistryException;
import io.gantry.domain.identity.KeyDetails;
import io.gantry.domain.identity.Label;
import io.gantry.domain.paging.Page;
import io.gantry.domain.paging.PageRequest;
import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the main thread does for {@code gantry key}, in place of serving. */
@Singleton
@Unremovable
public final class KeyTool implements QuarkusApplication {
  private static final int FAILED = 1;
  private static final String APPLICATION_NAME = "made by gantry key create";

  /** Which option an argument of a use case comes from. */
  private static final Map<String, String> OPTIONS =
      Map.of(
          "rules.project_ids", "--project",
          "rules.permission_set_names", "--permission-set",
          "default_project_id", "--project",
          "description", "--description",
          "expires_at", "--expires");

  private final Operator operator;
  private final CreateKeyWithRights createKey;
  private final ListApiKeys listKeys;
  private final DeleteApiKey deleteKey;
  private final ConfiguredKeys configured;

  KeyTool(
      Operator operator,
      CreateKeyWithRights createKey,
      ListApiKeys listKeys,
      DeleteApiKey deleteKey,
      ConfiguredKeys configured) {
    this.operator = operator;
    this.createKey = createKey;
    this.listKeys = listKeys;
    this.deleteKey = deleteKey;
    this.configured = configured;
  }

  /** Called when the database is there, with a line that has been read once without trouble. */
  @Override
  public int run(String... arguments) {
    try {
      KeyLine.read(arguments).request().ifPresent(this::handle);
      return 0;
    } catch (RegistryException e) {
      System.err.println("gantry: " + messageOf(e.error()));
      return FAILED;
    }
  }

  private void handle(KeyRequest request) {
    List<String> lines =
        switch (request) {
          case KeyRequest.Create create -> create(create);
          case KeyRequest.Show show -> show(show);
          case KeyRequest.Revoke revoke -> revoke(revoke.accessKey());
        };
    System.out.println(String.join(System.lineSeparator(), lines));
  }

  private List<String> create(KeyRequest.Create request) {
    OrganizationId organization = request.organization().orElseGet(this::organization);
    RuleSpec rights =
        request
            .project()
            .map(project -> new RuleSpec(request.sets(), Optional.empty(), Set.of(project)))
            .orElseGet(() -> new RuleSpec(request.sets(), Optional.of(organization), Set.of()));
    IssuedKey issued =
        createKey.handle(
            operator.in(organization),
            new CreateKeyWithRights.Command(
                organization,
                Label.checked(APPLICATION_NAME, request.description(), List.of()),
                rights,
                request.project(),
                request.expiresAt()));
    KeyDetails details = issued.details();
    return List.of(
        "A new API key. The secret is shown this once.",
        "  access key    " + details.key().accessKey(),
        "  secret key    " + issued.secret().reveal(),
        "  organization  " + organization,
        "  project       " + details.key().defaultProject(),
        "  application   " + details.bearer());
  }

  /** The one that somebody who names none is taken to mean. */
  private OrganizationId organization() {
    List<OrganizationId> all = operator.organizations();
    if (all.size() == 1) return all.getFirst();
    return configured
        .firstOrganization()
        .filter(all::contains)
        .orElseThrow(
            () ->
                RegistryException.notAllowed(
                    "--organization",
                    all.isEmpty()
                        ? "cannot be any yet: start the server once"
                        : "must be one of " + joined(all)));
  }

  private static String joined(List<OrganizationId> organizations) {
    return organizations.stream().map(OrganizationId::toString).collect(Collectors.joining(", "));
  }

  private List<String> show(KeyRequest.Show request) {
    List<OrganizationId> organizations =
        request.organization().map(List::of).orElseGet(operator::organizations);
    List<KeyDetails> keys = new ArrayList<>();
    for (OrganizationId organization : organizations) keys.addAll(keysOf(organization));
    return KeyTable.of(keys);
  }

  private List<KeyDetails> keysOf(OrganizationId organization) {
    Caller caller = operator.in(organization);
    List<KeyDetails> keys = new ArrayList<>();
    Page<KeyDetails> page;
    int number = 1;
    do {
      page = listKeys.handle(caller, pageOfAll(organization, number++));
      keys.addAll(page.items());
    } while (!page.items().isEmpty());
    return keys;
  }

  private static ListApiKeys.Query pageOfAll(OrganizationId organization, int number) {
    return new ListApiKeys.Query(
        Optional.of(organization),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Optional.empty(),
        Optional.empty(),
        ApiKeyOrder.CREATED_AT_ASC,
        new PageRequest(number, PageRequest.MAX_SIZE));
  }

  private List<String> revoke(AccessKey accessKey) {
    deleteKey.handle(operator.beside(accessKey), accessKey);
    return List.of("Revoked " + accessKey + ".");
  }

  private static String messageOf(RegistryError error) {
    return error instanceof InvalidArgument invalid
        ? OPTIONS.getOrDefault(invalid.argument(), invalid.argument()) + " " + invalid.help()
        : error.message();
  }
}
