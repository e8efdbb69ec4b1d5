package io.gantry.bootstrap.operator;

import io.gantry.bootstrap.failure.StartFailure;
import io.gantry.domain.access.AccessKey;
import io.gantry.domain.access.OrganizationId;
import io.gantry.domain.access.PermissionSet;
import io.gantry.domain.access.ProjectId;
import io.gantry.domain.error.RegistryException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/** The command line of {@code gantry key}, read before anything is started. */
@Command(
    name = "gantry key",
    description = {
      "Makes, shows and revokes API keys without the server, for who is locked out of it.",
      ""
    },
    footer = {
      "",
      "The server must not be running on the data directory; while it runs, its API does the"
          + " same. With QUARKUS_DATASOURCE_JDBC_URL and the like, as of the server, works on that"
          + " database, whether servers run on it or not.",
      "Exit code 2: the command line or the configuration is wrong; 1: it did not work."
    },
    subcommands = {KeyLine.Create.class, KeyLine.Show.class, KeyLine.Revoke.class},
    synopsisSubcommandLabel = "create|list|revoke")
public final class KeyLine {
  private static final String VERB = "key";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Say how, and do nothing.")
  @SuppressWarnings("UnusedVariable") // picocli sees the option by its annotation
  private boolean help;

  @Option(
      names = "--data-dir",
      paramLabel = "<folder>",
      scope = ScopeType.INHERIT,
      description = "The server's data directory; gantry.data-dir if not given.")
  private Optional<Path> dataDirectory = Optional.empty();

  private KeyLine() {}

  /**
   * What was read.
   *
   * @param request empty if help was asked for, which has been printed
   */
  public record Result(Optional<Path> dataDirectory, Optional<KeyRequest> request) {}

  /** Whether the process is asked for this and not to serve. */
  public static boolean isMeantBy(String... arguments) {
    return arguments.length > 0 && arguments[0].equals(VERB);
  }

  /** Reads what {@link #isMeantBy} recognizes; fails with a message about the line if it cannot. */
  public static Result read(String... arguments) {
    var options = new KeyLine();
    try {
      ParseResult parsed =
          commandLine(options).parseArgs(Arrays.copyOfRange(arguments, 1, arguments.length));
      if (CommandLine.executeHelpRequest(parsed) != null) {
        return new Result(options.dataDirectory, Optional.empty());
      }
      if (!parsed.hasSubcommand()) throw wrong("say what key is to do: create, list or revoke");
      var verb = (Verb) parsed.subcommand().commandSpec().userObject();
      return new Result(options.dataDirectory, Optional.of(verb.call()));
    } catch (ParameterException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  private static StartFailure wrong(String message) {
    return StartFailure.misconfigured(message + "; see gantry key --help");
  }

  private static CommandLine commandLine(KeyLine options) {
    return new CommandLine(options)
        .registerConverter(OrganizationId.class, value(OrganizationId::parse))
        .registerConverter(ProjectId.class, value(ProjectId::parse))
        .registerConverter(AccessKey.class, value(AccessKey::new))
        .registerConverter(Instant.class, KeyLine::time)
        .registerConverter(PermissionSet.class, KeyLine::permissionSet);
  }

  private static <T> ITypeConverter<T> value(Function<String, T> parser) {
    return text -> {
      try {
        return parser.apply(text);
      } catch (RegistryException e) {
        throw new TypeConversionException(e.error().message());
      }
    };
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new TypeConversionException("'" + text + "' is no time such as 2030-01-01T00:00:00Z");
    }
  }

  private static PermissionSet permissionSet(String text) {
    return PermissionSet.find(text)
        .orElseThrow(() -> new TypeConversionException("'" + text + "' is no permission set"));
  }

  /** One of the things that can be asked for. */
  interface Verb extends Callable<KeyRequest> {
    @Override
    KeyRequest call();
  }

  @Command(
      name = "create",
      description = "Makes a key and prints its secret, which is kept nowhere.")
  static final class Create implements Verb {
    @Option(
        names = "--organization",
        paramLabel = "<id>",
        description = "Whose key it is; if not given, of the first key's organization.")
    private Optional<OrganizationId> organization = Optional.empty();

    @Option(
        names = "--project",
        paramLabel = "<id>",
        description =
            "The one project in which it has rights; if not given, it has them in all of the"
                + " organization.")
    private Optional<ProjectId> project = Optional.empty();

    @Option(
        names = "--permission-set",
        paramLabel = "<name>",
        description =
            "What it may do, such as ContainerRegistryReadOnly; can be repeated. If not given,"
                + " AllProductsFullAccess.")
    private Set<PermissionSet> sets = EnumSet.noneOf(PermissionSet.class);

    @Option(
        names = "--description",
        paramLabel = "<text>",
        defaultValue = "",
        description = "What it is for, up to 200 characters.")
    private String description = "";

    @Option(
        names = "--expires",
        paramLabel = "<time>",
        description = "When it ends, such as 2030-01-01T00:00:00Z; if not given, never.")
    private Optional<Instant> expiresAt = Optional.empty();

    private Create() {}

    @Override
    public KeyRequest call() {
      return new KeyRequest.Create(
          organization,
          project,
          sets.isEmpty() ? Set.of(PermissionSet.ALL_PRODUCTS_FULL_ACCESS) : sets,
          description,
          expiresAt);
    }
  }

  @Command(name = "list", description = "Shows the keys, without their secrets.")
  static final class Show implements Verb {
    @Option(
        names = "--organization",
        paramLabel = "<id>",
        description = "Whose keys; if not given, those of all organizations.")
    private Optional<OrganizationId> organization = Optional.empty();

    private Show() {}

    @Override
    public KeyRequest call() {
      return new KeyRequest.Show(organization);
    }
  }

  @Command(name = "revoke", description = "Takes a key out of use for good.")
  static final class Revoke implements Verb {
    @Parameters(arity = "1", paramLabel = "<access key>", description = "The public half, SCW….")
    private Optional<AccessKey> accessKey = Optional.empty();

    private Revoke() {}

    @Override
    public KeyRequest call() {
      return new KeyRequest.Revoke(accessKey.orElseThrow());
    }
  }
}
