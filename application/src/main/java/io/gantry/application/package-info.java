/** What every use case shares beside access: how it takes the time. */
@NullMarked
package io.gantry.application;

import org.jspecify.annotations.NullMarked;
