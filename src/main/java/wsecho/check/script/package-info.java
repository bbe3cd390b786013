/** Does the steps of the checks, and notes what it sees. */
@NullMarked
package wsecho.check.script;

import org.jspecify.annotations.NullMarked;
