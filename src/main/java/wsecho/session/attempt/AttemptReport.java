package wsecho.session.attempt;

import java.util.List;

/**
 * What is told of an attempt, in JSON.
 *
 * @param attempt its name
 * @param count how many requests of it have come
 * @param arrivals the first 16 of them, in their order
 */
record AttemptReport(String attempt, int count, List<Arrival> arrivals) {

}
