/** The client: connections, requests and sessions, whose every detail is a fact. */
@NullMarked
package wsecho.check.client;

import org.jspecify.annotations.NullMarked;
