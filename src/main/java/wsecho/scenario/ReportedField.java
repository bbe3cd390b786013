package wsecho.scenario;

import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import wsecho.handshake.ReceivedRequest;

/**
 * A header field in the report.
 *
 * @param name the name
 * @param value the value, or null if it is not reported
 * @param length of the value, or null if the value is reported
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReportedField(String name, @Nullable String value, @Nullable Integer length) {

	/** The fields of a request, in their order. */
	static List<ReportedField> of(ReceivedRequest request, ReportSettings settings) {
		return request.fields().stream().map((field) -> of(field.getKey(), field.getValue(), settings)).toList();
	}

	private static ReportedField of(String name, String value, ReportSettings settings) {
		return settings.shows(name) ? new ReportedField(name, value, null)
				: new ReportedField(name, null, value.length());
	}

	boolean isForwarding() {
		String lower = this.name.toLowerCase(Locale.ROOT);
		return lower.equals("forwarded") || lower.startsWith("x-forwarded-");
	}

}
