package wsecho.handshake;

import java.util.List;

/**
 * An extension that a client offers (RFC 6455, 9.1).
 *
 * @param name its token
 * @param parameters in their order, the same one twice if it was given twice
 */
record ExtensionOffer(String name, List<Parameter> parameters) {

	/**
	 * A parameter of an extension.
	 *
	 * @param name its token
	 * @param value unquoted; empty if it has none
	 */
	record Parameter(String name, String value) {

	}

}
