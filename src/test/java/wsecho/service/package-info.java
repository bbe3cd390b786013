/** The whole service, from outside, by theme. */
@NullMarked
package wsecho.service;

import org.jspecify.annotations.NullMarked;
