/** What the server does in one session, and the table that maps paths to it. */
@NullMarked
package wsecho.scenario;

import org.jspecify.annotations.NullMarked;
