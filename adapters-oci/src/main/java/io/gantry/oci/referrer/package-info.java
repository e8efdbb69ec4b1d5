/** Lists of referrers on the wire. */
@NullMarked
package io.gantry.oci.referrer;

import org.jspecify.annotations.NullMarked;
