package io.gantry.domain.error;

/** Carries one {@link RegistryError} to the adapter that will translate it. */
public final class RegistryException extends RuntimeException {
  private final transient RegistryError error;

  public RegistryException(RegistryError error) {
    super(error.toString(), null, false, false);
    this.error = error;
  }

  public RegistryException(RegistryError error, Throwable cause) {
    super(error.toString(), cause);
    this.error = error;
  }

  public RegistryError error() {
    return error;
  }

  /** An {@code InvalidArgument} for text that cannot be read as a value. */
  public static RegistryException badFormat(String argument, String help) {
    return new RegistryException(
        new RegistryError.InvalidArgument(argument, ArgumentReason.FORMAT, help));
  }

  /** An {@code InvalidArgument} for a value outside what is allowed. */
  public static RegistryException notAllowed(String argument, String help) {
    return new RegistryException(
        new RegistryError.InvalidArgument(argument, ArgumentReason.CONSTRAINT, help));
  }

  /** An {@code InvalidArgument} for something that must be given. */
  public static RegistryException required(String argument) {
    return new RegistryException(
        new RegistryError.InvalidArgument(argument, ArgumentReason.REQUIRED, "is required"));
  }

  public static RegistryException notFound(ResourceType resource, Object id) {
    return new RegistryException(new RegistryError.NotFound(resource, id.toString()));
  }
}
