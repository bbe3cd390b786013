/** The checks as data, and the verdicts that their rules make of facts. */
@NullMarked
package wsecho.check.table;

import org.jspecify.annotations.NullMarked;
