/** The table of WebSocket paths, and one small handler for each behaviour. */
@NullMarked
package wsecho.scenario;

import org.jspecify.annotations.NullMarked;
