package wsecho.handshake;

import jakarta.validation.Valid;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;
import wsecho.settings.SizeRange;

/**
 * What holds for sessions that ask for nothing else.
 *
 * @param compression which offers of permessage-deflate (RFC 7692) are accepted: none
 * (off), those of handshakes with `compress=true` (on-request), or all but those with
 * `compress=false` (on)
 * @param limits of each session
 */
@Validated
@ConfigurationProperties("wsecho")
public record SessionDefaults(@DefaultValue("on-request") Offers compression, @DefaultValue @Valid Limits limits) {

	/** Which offers of an extension are accepted. */
	public enum Offers {

		/** None, whatever the client asks for. */
		OFF,
		/** Those of clients that ask for it. */
		ON_REQUEST,
		/** All, unless the client asks for none. */
		ON

	}

	/**
	 * Whether an offer of permessage-deflate is accepted if nothing else is asked for.
	 */
	public boolean compresses() {
		return this.compression == Offers.ON;
	}

	/** How long a message may be, in bytes; {@link Long#MAX_VALUE} for no limit. */
	public long messageLimit() {
		long size = this.limits.messageSize.toBytes();
		return (size == 0) ? Long.MAX_VALUE : size;
	}

	/**
	 * What no client can exceed.
	 *
	 * @param messageSize the largest message that a client may send, inflated, at most
	 * 1TB; 0 for no limit
	 */
	public record Limits(@DefaultValue("0") @SizeRange(min = "0B", max = "1TB") DataSize messageSize) {

	}

}
