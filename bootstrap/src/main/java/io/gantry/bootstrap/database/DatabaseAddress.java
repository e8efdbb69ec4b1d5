package io.gantry.bootstrap.database;

/** How to reach a database, in the terms of the data source's configuration. */
public record DatabaseAddress(String jdbcUrl, String username, String password) {
  @Override
  public String toString() {
    return jdbcUrl;
  }
}
