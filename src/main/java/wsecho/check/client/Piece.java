package wsecho.check.client;

/**
 * A piece of a body, as it came.
 *
 * @param bytes a character for each byte (ISO 8859-1)
 * @param nanos when it came, by {@link System#nanoTime}
 */
public record Piece(String bytes, long nanos) {

}
