package wsecho.http;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;

/** Writes what clients of an event stream pass over (WHATWG HTML, 9.2.5). */
public interface Comments {

	/** A line of its own; null where there is no place for one. */
	@Nullable DataBuffer comment(String text);

}
