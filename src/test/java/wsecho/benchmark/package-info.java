/** What a message, a session and a handshake cost, side by side with other servers. */
@NullMarked
package wsecho.benchmark;

import org.jspecify.annotations.NullMarked;
