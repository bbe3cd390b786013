/** One session on its channel: what comes, what goes, and how it closes. */
@NullMarked
package wsecho.websocket;

import org.jspecify.annotations.NullMarked;
