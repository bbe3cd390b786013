package wsecho.check.client;

/**
 * A message that came.
 *
 * @param beginning its first bytes, as UTF-8
 * @param length its length
 * @param frames in how many frames it came
 * @param differsAt the first byte that differs from what was expected, or -1
 * @param nanos when it was complete, by {@link System#nanoTime}
 */
public record Message(String beginning, long length, int frames, long differsAt, long nanos) {

}
