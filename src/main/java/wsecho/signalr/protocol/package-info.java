/**
 * SignalR's hub protocol in JSON: records in a stream of bytes, and the messages that
 * they are. Values stay the bytes that they came as.
 */
@NullMarked
package wsecho.signalr.protocol;

import org.jspecify.annotations.NullMarked;
