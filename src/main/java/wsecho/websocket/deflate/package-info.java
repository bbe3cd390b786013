/** permessage-deflate (RFC 7692). */
@NullMarked
package wsecho.websocket.deflate;

import org.jspecify.annotations.NullMarked;
