package wsecho.signalr.hub;

/** How far a connection of the hub is. */
enum HubState {

	/** The first record is awaited. */
	SHAKING_HANDS,
	/** Messages go both ways. */
	OPEN,
	/** What comes is dropped, and what waits is sent. */
	CLOSING

}
