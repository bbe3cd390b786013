/** The service, put together: one class to start it. */
@NullMarked
package wsecho;

import org.jspecify.annotations.NullMarked;
