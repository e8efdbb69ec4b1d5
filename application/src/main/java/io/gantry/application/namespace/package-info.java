/** What callers do with namespaces over the control plane. */
@NullMarked
package io.gantry.application.namespace;

import org.jspecify.annotations.NullMarked;
