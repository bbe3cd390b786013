/**
 * What is open and how it ended: each session with its keep-alive and its age, their
 * ledger and their metrics.
 */
@NullMarked
package wsecho.session;

import org.jspecify.annotations.NullMarked;
