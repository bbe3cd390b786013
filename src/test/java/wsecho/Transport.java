package wsecho;

/** What a session runs over. */
enum Transport {

	HTTP_1_1 {
		@Override
		RawSocket open(int port, String path, String... fields) throws Exception {
			return RawSocket.open(port, path, fields);
		}
	},

	HTTP_2 {
		@Override
		RawSocket open(int port, String path, String... fields) throws Exception {
			return RawSocket.openHttp2(port, path, fields);
		}
	};

	abstract RawSocket open(int port, String path, String... fields) throws Exception;

}
