/** The frames of RFC 6455 (section 5), on Netty alone. */
@NullMarked
package wsecho.websocket.codec;

import org.jspecify.annotations.NullMarked;
