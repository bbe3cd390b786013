package wsecho.check;

import java.time.Duration;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import wsecho.check.table.Step;

/** Times as options take them, such as 30s. */
abstract class Times implements ITypeConverter<Duration> {

	private final String shortest;

	private final String longest;

	/** Whether 0 stands for none. */
	private final boolean none;

	private Times(boolean none, String shortest, String longest) {
		this.none = none;
		this.shortest = shortest;
		this.longest = longest;
	}

	@Override
	public Duration convert(String text) {
		if (this.none && text.equals("0")) {
			return Duration.ZERO;
		}
		if (text.matches("\\d{1,4}[smh]")) {
			Duration time = Step.time(text);
			if (time.compareTo(Step.time(this.shortest)) >= 0 && time.compareTo(Step.time(this.longest)) <= 0) {
				return time;
			}
		}
		throw new TypeConversionException("'" + text + "' is not " + (this.none ? "0, or " : "") + "from "
				+ this.shortest + " to " + this.longest);
	}

	/** How long sessions are left idle. */
	static final class Idle extends Times {

		Idle() {
			super(true, "3s", "15m");
		}

	}

	/** How long a connection may take to be made. */
	static final class Connecting extends Times {

		Connecting() {
			super(false, "1s", "1m");
		}

	}

	/** From one run to the next. */
	static final class Every extends Times {

		Every() {
			super(false, "10s", "24h");
		}

	}

}
