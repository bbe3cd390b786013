/** What a client may ask for: how it is read, its range and its default. */
@NullMarked
package wsecho.scenario.parameter;

import org.jspecify.annotations.NullMarked;
