/** Shows results: to people, to programs, and to what watches. */
@NullMarked
package wsecho.check.report;

import org.jspecify.annotations.NullMarked;
