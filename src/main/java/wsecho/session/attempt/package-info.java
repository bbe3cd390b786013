/**
 * What of a client's attempt at a handshake reached this instance, well or badly, and how
 * that was answered.
 */
@NullMarked
package wsecho.session.attempt;

import org.jspecify.annotations.NullMarked;
