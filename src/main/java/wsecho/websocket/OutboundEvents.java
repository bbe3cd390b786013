package wsecho.websocket;

/** What {@link ChannelOutput} tells of the way to the network. */
interface OutboundEvents {

	/** What was written has been handed to the network, as far as it takes it. */
	void flushed();

	/** More may be written, where {@link ChannelOutput#isWritable} said no. */
	void writable();

}
