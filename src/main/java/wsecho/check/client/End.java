package wsecho.check.client;

/**
 * How a session ended here.
 *
 * @param how close, drop or violation
 * @param code of the Close, 1005 if it had none, 1006 if there was none
 * @param reason of the Close, or what was violated
 * @param byReset whether the connection was reset
 * @param nanos when, by {@link System#nanoTime}
 */
public record End(String how, int code, String reason, boolean byReset, long nanos) {

}
