/** Keeps what clients can provoke out of the log, but for one line a minute. */
@NullMarked
package wsecho.logging;

import org.jspecify.annotations.NullMarked;
