/** The certificate that HTTPS is served with, in the framework's terms, and who encrypts. */
@NullMarked
package io.gantry.bootstrap.tls;

import org.jspecify.annotations.NullMarked;
