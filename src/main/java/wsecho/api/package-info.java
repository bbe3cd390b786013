/** What a program reads about the WebSocket paths: their description in AsyncAPI. */
@NullMarked
package wsecho.api;

import org.jspecify.annotations.NullMarked;
