package io.gantry.bootstrap.access;

import static io.gantry.bootstrap.failure.StartFailure.misconfigured;

import io.gantry.bootstrap.configuration.GantryConfig;
import io.gantry.bootstrap.configuration.GantryConfig.BootstrapConfig;
import io.gantry.bootstrap.failure.StartFailure;
import io.gantry.domain.UnitOfWork;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.KeyRepository;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.access.SecretKey;
import io.gantry.domain.error.RegistryError.InvalidArgument;
import io.gantry.domain.error.RegistryException;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Brings the keys that are configured into the database, and makes a first key if there would be
 * none at all. A generated key is on disk before the database knows it, so it is never lost.
 */
@Singleton
public final class ConfiguredKeys {
  private static final String BOOTSTRAP = "gantry.bootstrap.";

  private final GantryConfig config;
  private final KeyRepository keys;
  private final UnitOfWork unitOfWork;

  ConfiguredKeys(GantryConfig config, KeyRepository keys, UnitOfWork unitOfWork) {
    this.config = config;
    this.keys = keys;
    this.unitOfWork = unitOfWork;
  }

  /** Called once, when the database is there. */
  public KeyOrigin store() {
    try {
      return config.keysFile().isPresent() || config.bootstrap().secretKey().isPresent()
          ? storeConfigured()
          : storeFirst();
    } catch (IOException e) {
      throw StartFailure.failed("the first key cannot be kept: " + e);
    }
  }

  /** The organization of the first key, if configuration names it or the first start kept it. */
  public Optional<OrganizationId> firstOrganization() {
    try {
      Optional<OrganizationId> kept =
          FirstKeyFile.in(config.dataDir()).read().map(FirstKey::organization);
      return config
          .bootstrap()
          .organizationId()
          .map(text -> value("organization-id", text, OrganizationId::parse))
          .or(() -> kept);
    } catch (IOException e) {
      throw StartFailure.failed("the first key cannot be read: " + e);
    }
  }

  private KeyOrigin storeConfigured() {
    Identity identity = config.keysFile().map(KeysFile::read).orElse(Identity.NONE);
    if (isBootstrapConfigured(config.bootstrap())) {
      identity = identity.and(configuredFirst(config.bootstrap()).identity());
    }
    store(identity);
    return new KeyOrigin.Configured(identity.keys().size());
  }

  private KeyOrigin storeFirst() throws IOException {
    FirstKeyFile file = FirstKeyFile.in(config.dataDir());
    Optional<FirstKey> kept = file.read();
    boolean isConfigured = isBootstrapConfigured(config.bootstrap());
    if (kept.isPresent()) {
      FirstKey key = completed(config.bootstrap(), kept.get());
      store(key.identity());
      return new KeyOrigin.Kept(key.accessKey().value(), file.path());
    }
    if (!isConfigured && unitOfWork.inTransaction(keys::anyKey)) return new KeyOrigin.Database();
    FirstKey key = completed(config.bootstrap(), SecretKey.of(UUID.randomUUID()));
    file.write(key);
    store(key.identity());
    return new KeyOrigin.Generated(
        key.accessKey().value(), key.secretKey().reveal(), key.project().toString(), file.path());
  }

  private void store(Identity identity) {
    var secrets = new HashSet<>();
    var accessKeys = new HashSet<>();
    for (var key : identity.keys()) {
      if (!secrets.add(key.secretHash()) || !accessKeys.add(key.accessKey())) {
        throw misconfigured(
            "gantry.keys-file and gantry.bootstrap.access-key or secret-key name the same key");
      }
    }
    unitOfWork.run(() -> keys.replaceConfigured(identity.projects(), identity.keys()));
  }

  private static boolean isBootstrapConfigured(BootstrapConfig config) {
    return config.secretKey().isPresent()
        || config.accessKey().isPresent()
        || config.organizationId().isPresent()
        || config.projectId().isPresent();
  }

  private static FirstKey configuredFirst(BootstrapConfig config) {
    String secret =
        config
            .secretKey()
            .orElseThrow(
                () ->
                    misconfigured(
                        BOOTSTRAP
                            + "secret-key is required when gantry.keys-file and another"
                            + " gantry.bootstrap key are given"));
    return completed(config, value("secret-key", secret, SecretKey::parse));
  }

  private static FirstKey completed(BootstrapConfig config, SecretKey secret) {
    return FirstKey.completed(
        secret,
        config.accessKey().map(text -> value("access-key", text, AccessKey::new)),
        config.organizationId().map(text -> value("organization-id", text, OrganizationId::parse)),
        config.projectId().map(text -> value("project-id", text, ProjectId::parse)));
  }

  /** What is configured by now, else what was kept. */
  private static FirstKey completed(BootstrapConfig config, FirstKey kept) {
    FirstKey now = completed(config, kept.secretKey());
    return new FirstKey(
        config.accessKey().isPresent() ? now.accessKey() : kept.accessKey(),
        kept.secretKey(),
        config.organizationId().isPresent() ? now.organization() : kept.organization(),
        config.projectId().isPresent() ? now.project() : kept.project());
  }

  private static <T> T value(String key, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (RegistryException e) {
      String help = e.error() instanceof InvalidArgument argument ? argument.help() : "is wrong";
      throw misconfigured(BOOTSTRAP + key + " " + help);
    }
  }
}
