/** Namespaces: names unique in their region that hold images and belong to one project. */
@NullMarked
package io.gantry.domain.namespace;

import org.jspecify.annotations.NullMarked;
