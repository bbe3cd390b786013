/** The path check: a client that says what the path to a server does to WebSockets. */
@NullMarked
package wsecho.check;

import org.jspecify.annotations.NullMarked;
