/** The service, from outside. */
@NullMarked
package wsecho;

import org.jspecify.annotations.NullMarked;
