/**
 * Whether a session may open: by its origin, and by how many there may be.
 */
@NullMarked
package wsecho.session.admission;

import org.jspecify.annotations.NullMarked;
