/** Connections and HTTP/2: what is set up once for all of them. */
@NullMarked
package wsecho.server;

import org.jspecify.annotations.NullMarked;
