/** Tests of {@link wsecho.session.drain}. */
@NullMarked
package wsecho.session.drain;

import org.jspecify.annotations.NullMarked;
