/**
 * How the service is set up: what may be set, what was set wrong, and what {@code --help}
 * says.
 */
@NullMarked
package wsecho.settings;

import org.jspecify.annotations.NullMarked;
