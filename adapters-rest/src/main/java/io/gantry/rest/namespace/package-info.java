/** The namespaces of Registry API v1 on the wire. */
@NullMarked
package io.gantry.rest.namespace;

import org.jspecify.annotations.NullMarked;
