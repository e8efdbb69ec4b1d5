/** Managing API keys, the applications that bear them, and the policies that give them rights. */
@NullMarked
package io.gantry.application.iam;

import org.jspecify.annotations.NullMarked;
