/** How a request becomes a session. */
@NullMarked
package wsecho.socket;

import org.jspecify.annotations.NullMarked;
