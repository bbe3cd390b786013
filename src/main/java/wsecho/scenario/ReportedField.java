package wsecho.scenario;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import wsecho.handshake.ReceivedRequest;

/**
 * A header field, as the report has it.
 *
 * @param name the name
 * @param value the value, or null if it is not shown
 * @param length of the value, or null if that is shown
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReportedField(String name, @Nullable String value, @Nullable Integer length) {

	/** The fields of a request that the client sent, or a proxy on the way. */
	static List<ReportedField> of(ReceivedRequest request, ReportSettings settings) {
		boolean http2 = request.version().equals("HTTP/2");
		return request.fields()
			.stream()
			.filter((field) -> !(http2 && isOfConversion(field.getKey())))
			.map((field) -> of(field, settings, http2))
			.toList();
	}

	// Netty hands on a request of HTTP/2 as one of HTTP/1.1, with what it takes for that
	private static boolean isOfConversion(String name) {
		return name.equals("transfer-encoding") || name.startsWith("x-http2-");
	}

	private static ReportedField of(Map.Entry<String, String> field, ReportSettings settings, boolean http2) {
		String name = (http2 && field.getKey().equals("host")) ? ":authority" : field.getKey();
		String value = field.getValue();
		return settings.shows(field.getKey()) ? new ReportedField(name, value, null)
				: new ReportedField(name, null, value.length());
	}

	boolean isForwarding() {
		String lower = this.name.toLowerCase(Locale.ROOT);
		return lower.equals("forwarded") || lower.startsWith("x-forwarded-");
	}

}
