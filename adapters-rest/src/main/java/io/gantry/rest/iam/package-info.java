/**
 * The API keys, applications and policies of the published IAM API, as far as clients need them.
 */
@NullMarked
package io.gantry.rest.iam;

import org.jspecify.annotations.NullMarked;
