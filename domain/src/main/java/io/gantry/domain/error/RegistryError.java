package io.gantry.domain.error;

import java.time.Duration;
import java.util.List;

/**
 * Everything that can go wrong for a caller, by kind. It carries facts as plain text, so that any
 * value may raise it, and knows no protocol: each adapter has one exhaustive translator.
 */
public sealed interface RegistryError {

  /** What happened and what to change, for the caller's eyes; never names internals. */
  String message();

  /** The thing is not there, or the caller may not know that it is. */
  record NotFound(ResourceType resource, String id) implements RegistryError {
    @Override
    public String message() {
      return resource == ResourceType.REPOSITORY
          ? "Repository was not found, or its namespace was not: check the name and the key's rights"
          : sentence(resource) + " was not found";
    }
  }

  /** The name is taken. */
  record AlreadyExists(ResourceType resource, String id, String help) implements RegistryError {
    @Override
    public String message() {
      return sentence(resource) + " already exist";
    }
  }

  /** One argument of the request is missing or wrong; {@code help} says what it must be. */
  record InvalidArgument(String argument, ArgumentReason reason, String help)
      implements RegistryError {
    @Override
    public String message() {
      return argument + " " + help;
    }
  }

  /** The caller is known and may see the thing, but not do this to it. */
  record PermissionDenied(String action, ResourceType resource, String help)
      implements RegistryError {
    @Override
    public String message() {
      return help;
    }
  }

  /** The caller must say who they are, or say it again. */
  record Unauthenticated(Cause cause) implements RegistryError {
    /** What is wrong with the credentials. */
    public enum Cause {
      /** None were given. */
      MISSING,
      /** They cannot be read. */
      MALFORMED,
      /** Nobody has them. */
      UNKNOWN,
      /** They were good once. */
      EXPIRED,
      /** The token is good, but was not issued for this action. */
      INSUFFICIENT_SCOPE
    }

    @Override
    public String message() {
      return switch (cause) {
        case MISSING -> "authentication required: log in with a secret key";
        case MALFORMED -> "the credentials cannot be read";
        case UNKNOWN -> "no API key has this secret key";
        case EXPIRED -> "the API key or token has expired";
        case INSUFFICIENT_SCOPE -> "the token was not issued for this action";
      };
    }
  }

  /** Credentials came over a connection on which others can read them. */
  record EncryptionRequired() implements RegistryError {
    @Override
    public String message() {
      return "credentials are taken over TLS only: use https, and replace this key, which was sent"
          + " in the clear";
    }
  }

  /** The thing is not in the state this needs. */
  record PreconditionFailed(ResourceType resource, Rule rule, String help)
      implements RegistryError {
    /** Which condition does not hold. */
    public enum Rule {
      RESOURCE_STILL_IN_USE,
      RESOURCE_NOT_USABLE,
      /** It is not what the caller made it a condition to be. */
      RESOURCE_CHANGED,
      PROTECTED_RESOURCE
    }

    @Override
    public String message() {
      return help;
    }
  }

  /** The thing is changing right now; the same request may succeed later. */
  record TransientState(ResourceType resource, String id, String state) implements RegistryError {
    @Override
    public String message() {
      return sentence(resource) + " is " + state + "; try again later";
    }
  }

  /** A limit on how much may be held is reached. */
  record QuotaExceeded(String resource, long quota, long current) implements RegistryError {
    @Override
    public String message() {
      return "quota of " + quota + " " + resource + " exceeded";
    }
  }

  /** The content is not what its digest says. */
  record DigestMismatch(String claimed, String actual) implements RegistryError {
    @Override
    public String message() {
      return "the content has digest " + actual + ", not " + claimed;
    }
  }

  /** The content is not as long as was said. */
  record SizeMismatch(long claimed, long actual) implements RegistryError {
    @Override
    public String message() {
      return "the content has " + actual + " bytes, not " + claimed;
    }
  }

  /**
   * A chunk does not continue where the upload stands; {@code length} is what it holds, in bytes.
   */
  record RangeInvalid(String id, long length) implements RegistryError {
    @Override
    public String message() {
      return "the upload holds " + length + " bytes; continue there";
    }
  }

  /** The bytes are not a manifest that can be kept. */
  record ManifestInvalid(String help) implements RegistryError {
    @Override
    public String message() {
      return help;
    }
  }

  /** A manifest names content that this repository does not have. */
  record ReferencedContentMissing(List<String> digests) implements RegistryError {
    private static final int NAMED = 16;

    public ReferencedContentMissing {
      digests = List.copyOf(digests);
    }

    @Override
    public String message() {
      String named = String.join(", ", digests.subList(0, Math.min(NAMED, digests.size())));
      String more = digests.size() > NAMED ? " and " + (digests.size() - NAMED) + " more" : "";
      return "the manifest references "
          + named
          + more
          + ", which this repository does not have; push that first";
    }
  }

  /** The request is understood, but not offered. */
  record Unsupported(String help) implements RegistryError {
    @Override
    public String message() {
      return help;
    }
  }

  /** More bytes than allowed, in bytes. */
  record TooLarge(String what, long limit) implements RegistryError {
    @Override
    public String message() {
      return what + " is larger than the limit of " + limit + " bytes";
    }
  }

  /** The body stopped arriving; what arrived is kept where the protocol can continue it. */
  record BodyTimeout(String help) implements RegistryError {
    @Override
    public String message() {
      return help;
    }
  }

  /** Too much at once; the same request is welcome after {@code retryAfter}. */
  record TooManyRequests(Duration retryAfter) implements RegistryError {
    @Override
    public String message() {
      return "too many requests; retry after " + retryAfter.toSeconds() + " s";
    }
  }

  /** The registry cannot store or reach its data now (a full disk, a lost database). */
  record Unavailable(String help) implements RegistryError {
    @Override
    public String message() {
      return help;
    }
  }

  private static String sentence(ResourceType type) {
    return switch (type) {
      case NAMESPACE -> "Namespace";
      case IMAGE -> "Image";
      case TAG -> "Tag";
      case REPOSITORY -> "Repository";
      case MANIFEST -> "Manifest";
      case BLOB -> "Blob";
      case UPLOAD -> "Upload";
      case PROJECT -> "Project";
      case ORGANIZATION -> "Organization";
      case API_KEY -> "API key";
      case APPLICATION -> "Application";
      case POLICY -> "Policy";
    };
  }
}
