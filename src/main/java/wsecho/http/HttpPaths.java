package wsecho.http;

import java.util.List;
import java.util.function.BiFunction;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import wsecho.handshake.ReceivedRequest;
import wsecho.handshake.SessionTransport;
import wsecho.scenario.ReportSettings;
import wsecho.scenario.ReportText;
import wsecho.scenario.parameter.Caps;
import wsecho.scenario.parameter.HttpParameters;
import wsecho.scenario.parameter.Parameter;
import wsecho.scenario.parameter.Query;

/**
 * Every path of plain HTTP whose responses are sessions, and what the server does there.
 */
public final class HttpPaths {

	private static final List<HttpMethod> READ = List.of(HttpMethod.GET, HttpMethod.HEAD);

	// the methods that a path may have to let through
	private static final List<HttpMethod> ALL = List.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST,
			HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.DELETE);

	private final List<Path> paths;

	/**
	 * Makes the table.
	 * @param parameters of the paths
	 * @param caps the most that a client may ask for
	 * @param report what the report of a request shows
	 * @param pod the name of the host
	 */
	HttpPaths(HttpParameters parameters, Caps caps, ReportSettings report, String pod) {
		this.paths = List.of(
				new Path("/events", "sends numbered messages as events, never faster than the client reads",
						SessionTransport.EVENTS, READ, parameters.ofEvents(),
						(query, request) -> EventStream.of(parameters.events(query), LastEventId.of(request),
								caps.held())),
				new Path("/hold/{duration}", "answers after that time", SessionTransport.HOLD, READ,
						parameters.ofHold(), (query, request) -> new HeldAnswer(parameters.hold(query))),
				new Path("/echo", "sends the body of the request back as it comes", SessionTransport.ECHO,
						List.of(HttpMethod.POST), parameters.ofEcho(),
						(query, request) -> new BodyEcho(request, parameters.echo(query))),
				new Path("/request", "reports the request as it arrived, once all of it has", SessionTransport.REQUEST,
						ALL, parameters.ofRequest(),
						(query, request) -> new RequestReport(request,
								ReportText.ofPlain(ReceivedRequest.of(request), query, pod, report),
								parameters.request(query))));
	}

	public List<Path> paths() {
		return this.paths;
	}

	/**
	 * A path.
	 *
	 * @param pattern of the path; what is in braces is a parameter
	 * @param summary what the server does there
	 * @param transport what its sessions are called
	 * @param methods those that are allowed
	 * @param parameters of the query, and those in the path
	 * @param answer reads the parameters of a request
	 */
	public record Path(String pattern, String summary, SessionTransport transport, List<HttpMethod> methods,
			List<Parameter<?>> parameters, BiFunction<Query, ServerHttpRequest, Answer> answer) {

		/** Whether a parameter is part of the path rather than of the query. */
		public boolean holds(Parameter<?> parameter) {
			return this.pattern.contains("{" + parameter.name() + "}");
		}

	}

}
