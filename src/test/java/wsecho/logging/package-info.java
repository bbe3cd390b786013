@NullMarked
package wsecho.logging;

import org.jspecify.annotations.NullMarked;
