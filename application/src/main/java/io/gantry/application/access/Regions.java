package io.gantry.application.access;

import static io.gantry.domain.error.RegistryException.notAllowed;

import io.gantry.domain.error.RegistryException;
import io.gantry.domain.namespace.Namespace;
import io.gantry.domain.namespace.Region;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The regions this deployment serves.
 *
 * @param endpoints for each its host, and port if it needs one, as docker names it
 * @param defaultRegion what requests to any other host are about; one of those served
 */
public record Regions(Map<Region, String> endpoints, Region defaultRegion) {
  public Regions {
    endpoints = Collections.unmodifiableMap(new LinkedHashMap<>(endpoints));
    if (!endpoints.containsKey(defaultRegion)) {
      throw new IllegalArgumentException("the default region " + defaultRegion + " is not served");
    }
  }

  /** The region of this name; an {@code InvalidArgument} on {@code region} if it is not served. */
  public Region parse(String text) {
    for (Region served : endpoints.keySet()) {
      if (served.value().equals(text)) return served;
    }
    throw notServed();
  }

  /** The region whose endpoint is this host (with its port, if any), else the default one. */
  public Region ofHost(String host) {
    for (Map.Entry<Region, String> entry : endpoints.entrySet()) {
      if (entry.getValue().equalsIgnoreCase(host)) return entry.getKey();
    }
    return defaultRegion;
  }

  public Set<Region> served() {
    return endpoints.keySet();
  }

  /** The host of a region; an {@code InvalidArgument} on {@code region} if it is not served. */
  public String endpointOf(Region region) {
    String endpoint = endpoints.get(region);
    if (endpoint == null) throw notServed();
    return endpoint;
  }

  /** What a user pastes after {@code docker push}, as far as the namespace: host and name. */
  public String endpointOf(Namespace namespace) {
    return endpointOf(namespace.region()) + "/" + namespace.name();
  }

  private RegistryException notServed() {
    return notAllowed(
        "region",
        "must be one of "
            + endpoints.keySet().stream().map(Region::value).collect(Collectors.joining(", ")));
  }
}
