/**
 * Responses of plain HTTP that last, which are sessions too: event streams, held answers,
 * echoed bodies.
 */
@NullMarked
package wsecho.http;

import org.jspecify.annotations.NullMarked;
