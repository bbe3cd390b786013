/**
 * What replies may be made to look like: how many, how late, in what pieces; pure
 * {@code Flux} to {@code Flux}.
 */
@NullMarked
package wsecho.scenario.shape;

import org.jspecify.annotations.NullMarked;
