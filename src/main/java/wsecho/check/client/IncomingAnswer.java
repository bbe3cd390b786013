package wsecho.check.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpHeaders;
import wsecho.check.table.Facts;

/** A response as far as it has come. The event loop fills it, and the check awaits it. */
final class IncomingAnswer {

	private static final int MAX_BODY = 256 * 1024;

	private final CompletableFuture<Answer> answer = new CompletableFuture<>();

	private final ByteArrayOutputStream body = new ByteArrayOutputStream();

	private final int version;

	/** One over HTTP/1.1 or HTTP/2, by its number. */
	IncomingAnswer(int version) {
		this.version = version;
	}

	/** Reads a piece of the body, of which the beginning is kept. */
	void read(ByteBuf piece) throws IOException {
		if (this.body.size() < MAX_BODY) {
			piece.readBytes(this.body, piece.readableBytes());
		}
	}

	void complete(int status, HttpHeaders fields) {
		this.answer.complete(
				new Answer(this.version, status, fields, this.body.toString(StandardCharsets.UTF_8), new Facts()));
	}

	/** Nothing more comes of it; that has no effect on a complete one. */
	void fail(Throwable cause) {
		this.answer.completeExceptionally(cause);
	}

	/** The connection, or its stream, has ended. */
	void end() {
		fail(new IOException("the connection ended without an answer"));
	}

	/**
	 * The whole response.
	 * @throws IOException if it does not come in time, or not at all; with why
	 */
	Answer await(Duration within) throws IOException, InterruptedException {
		return Completion.await(this.answer, within);
	}

}
