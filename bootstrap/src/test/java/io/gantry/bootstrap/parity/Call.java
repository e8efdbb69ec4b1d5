package io.gantry.bootstrap.parity;

import io.gantry.bootstrap.running.Tenants;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An operation and its arguments, as both contracts name them. Values are text, whole numbers or
 * truth values; those of enums are text as REST has it.
 */
record Call(String operation, String secret, Map<String, Object> arguments) {
  Call {
    arguments = Map.copyOf(arguments);
  }

  /** A call of the owner, in the default region. */
  static Call of(String operation) {
    return new Call(operation, Tenants.OWNER, Map.of("region", "fr-par"));
  }

  Call with(String argument, Object value) {
    var more = new LinkedHashMap<>(arguments);
    more.put(argument, value);
    return new Call(operation, secret, more);
  }

  /** The same by somebody else; an empty secret is nobody. */
  Call as(String somebody) {
    return new Call(operation, somebody, arguments);
  }

  boolean changesSomething() {
    return !operation.startsWith("Get") && !operation.startsWith("List");
  }
}
