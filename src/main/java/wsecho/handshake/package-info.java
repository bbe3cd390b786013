/** The opening handshake (RFC 6455, 4): a request is parsed, then refused or upgraded. */
@NullMarked
package wsecho.handshake;

import org.jspecify.annotations.NullMarked;
