package wsecho.scenario;

import java.util.Set;
import java.util.TreeSet;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the report of a handshake shows. Any page that makes a browser open a session can
 * read it, with the fields that a proxy adds for the browser's user.
 *
 * @param fields names of the header fields whose values `/websocket/handshake` reports;
 * of all other fields it reports the length of the value. None of them may carry a secret
 */
@ConfigurationProperties("wsecho.report")
public record ReportSettings(@DefaultValue( {
		":authority", "Accept", "Accept-Encoding", "Accept-Language", "Cache-Control", "CF-Ray", "Connection",
		"Content-Length", "DNT", "Forwarded", "Host", "Origin", "Pragma", "Priority", "Sec-CH-UA", "Sec-CH-UA-Mobile",
		"Sec-CH-UA-Platform", "Sec-Fetch-Dest", "Sec-Fetch-Mode", "Sec-Fetch-Site", "Sec-WebSocket-Extensions",
		"Sec-WebSocket-Key", "Sec-WebSocket-Protocol", "Sec-WebSocket-Version", "TE", "Traceparent",
		"Transfer-Encoding", "Upgrade", "User-Agent", "Via", "X-Amzn-Trace-Id", "X-B3-Sampled", "X-B3-SpanId",
		"X-B3-TraceId", "X-Cloud-Trace-Context", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Port",
		"X-Forwarded-Prefix", "X-Forwarded-Proto", "X-Forwarded-Server", "X-Real-IP", "X-Request-ID",
		"X-Scheme" }) Set<String> fields){

	public ReportSettings {
		Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		names.addAll(fields);
		fields = names;
	}

	/** Whether the value of a field is shown. */
	boolean shows(String name) {
		return this.fields.contains(name);
	}

}
