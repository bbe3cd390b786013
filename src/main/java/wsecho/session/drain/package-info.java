/**
 * How the sessions are closed when the service stops (SIGTERM).
 */
@NullMarked
package wsecho.session.drain;

import org.jspecify.annotations.NullMarked;
