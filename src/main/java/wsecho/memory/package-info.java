/**
 * How much memory the service may hold for its clients, and how much it does.
 */
@NullMarked
package wsecho.memory;

import org.jspecify.annotations.NullMarked;
