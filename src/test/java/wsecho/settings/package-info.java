@NullMarked
package wsecho.settings;

import org.jspecify.annotations.NullMarked;
