/**
 * The SignalR hub over HTTP: what is negotiated, and the three transports that carry its
 * connections.
 */
@NullMarked
package wsecho.signalr;

import org.jspecify.annotations.NullMarked;
