/** Tests of what cannot be seen from outside in good time. */
@NullMarked
package wsecho.session;

import org.jspecify.annotations.NullMarked;
