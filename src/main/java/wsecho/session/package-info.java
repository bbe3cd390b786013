/** What is open now: its limits, keep-alive, drain and metrics, and how sessions end. */
@NullMarked
package wsecho.session;

import org.jspecify.annotations.NullMarked;
