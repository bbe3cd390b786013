/** Tests of {@link wsecho.session.admission}. */
@NullMarked
package wsecho.session.admission;

import org.jspecify.annotations.NullMarked;
