/**
 * What is done to outgoing messages (how many, how late, in what fragments), as pure
 * functions from {@code Flux} to {@code Flux}.
 */
@NullMarked
package wsecho.scenario.shape;

import org.jspecify.annotations.NullMarked;
