package wsecho.benchmark;

/** What is measured, one after the other. */
enum Part {

	MESSAGES, HANDSHAKES, LATENCY, IDLE, START

}
