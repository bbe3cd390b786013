/**
 * Sessions as a whole: admission, which are open, how they ended, keep-alive, age, drain
 * and metrics.
 */
@NullMarked
package wsecho.session;

import org.jspecify.annotations.NullMarked;
