/**
 * A connection of the hub, whatever carries it: its handshake, its targets, its signs of
 * life, and what waits to be sent.
 */
@NullMarked
package wsecho.signalr.hub;

import org.jspecify.annotations.NullMarked;
