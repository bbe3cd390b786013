package wsecho.check.client;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.util.NetUtil;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An address that a name is taken to have.
 *
 * @param host the name
 * @param port the port that it holds for
 * @param address the address
 */
public record Pin(String host, int port, InetAddress address) {

	public boolean isOf(Target target) {
		return this.host.equalsIgnoreCase(target.host()) && this.port == target.port();
	}

	@Override
	public String toString() {
		return this.host + ":" + this.port;
	}

	/** Reads HOST:PORT:ADDR. */
	public static final class Converter implements ITypeConverter<Pin> {

		private static final Pattern FORM = Pattern.compile("([^:\\s]+):(\\d{1,5}):\\[?([0-9A-Fa-f:.]+)]?");

		@Override
		public Pin convert(String text) {
			Matcher form = FORM.matcher(text);
			InetAddress address = form.matches() ? NetUtil.createInetAddressFromIpAddressString(form.group(3)) : null;
			if (address == null) {
				throw new TypeConversionException(
						"'" + text + "' is not HOST:PORT:ADDR, such as echo.example.org:443:192.0.2.1");
			}
			return new Pin(form.group(1), Integer.parseInt(form.group(2)), address);
		}

	}

}
