package wsecho.scenario.parameter;

import java.util.List;

/**
 * The parameters of <code>/websocket/close/{code}</code>.
 *
 * @param code a part of the path
 */
public record CloseParameters(Parameter<Integer> code) {

	public CloseParameters() {
		this(Parameter.closeCode("the close code", Default.required()));
	}

	public List<Parameter<?>> all() {
		return List.of(this.code);
	}

}
