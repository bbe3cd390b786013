/** What a person sees: the static page and its assets. */
@NullMarked
package wsecho.page;

import org.jspecify.annotations.NullMarked;
