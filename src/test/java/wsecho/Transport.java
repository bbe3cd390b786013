package wsecho;

/** What a session runs over. */
enum Transport {

	HTTP_1_1 {
		@Override
		RawSocket open(int port, String path) throws Exception {
			return RawSocket.open(port, path);
		}
	},

	HTTP_2 {
		@Override
		RawSocket open(int port, String path) throws Exception {
			return RawSocket.openHttp2(port, path);
		}
	};

	abstract RawSocket open(int port, String path) throws Exception;

}
