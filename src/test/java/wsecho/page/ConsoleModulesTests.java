package wsecho.page;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import wsecho.fixture.Chromium;
import wsecho.fixture.RunningService;

import static org.assertj.core.api.Assertions.assertThat;

/** The console's modules that touch no document, each by itself. */
@RunningService
class ConsoleModulesTests {

	@RegisterExtension
	private static final Chromium CHROMIUM = new Chromium();

	private static @Nullable ConsolePage page;

	@LocalServerPort
	private int port;

	@Test
	void ringKeepsTheLastBytes() {
		assertThat(module("ring.mjs", """
				const ring = new m.Ring(8);
				const put = (...bytes) => ring.put(Uint8Array.from(bytes));
				const a = put(1, 2, 3, 4, 5), b = put(6, 7, 8, 9);
				const read = (offset, length) => ring.get(offset, length)?.join() ?? 'dropped';
				return [a, b, ring.start, read(a, 5), read(b, 4), read(4, 5), put(...Array(8).keys()), read(b, 4),
				  read(9, 8)];"""))
			.isEqualTo(List.of(0, 5, 1, "dropped", "6,7,8,9", "5,6,7,8,9", 9, "dropped", "0,1,2,3,4,5,6,7"));
	}

	@Test
	void ringGrowsWithoutForgetting() {
		assertThat(module("ring.mjs", """
				const ring = new m.Ring(2 ** 24);
				ring.put(Uint8Array.of(7));
				ring.put(new Uint8Array(2 ** 23));
				return [ring.get(0, 1)[0], ring.start, ring.bytes.length];""")).isEqualTo(List.of(7, 0, 1 << 24));
	}

	@Test
	void logSaysWhatItHasDropped() {
		assertThat(module("log.mjs", """
				const log = new m.Log(1024, 4096);
				for (let n = 0; n < 1030; n++) log.add(m.Kind.SENT_TEXT, m.encode(String(n).padStart(8)), n);
				log.add(m.Kind.RECEIVED_BINARY, new Uint8Array(2000), 5, 1.5);
				const last = log.end - 1;
				return [log.first, log.end, log.droppedRows, log.droppedBodies, log.cut, log.body(7) === null,
				  log.body(1029).length, log.body(last).length, log.size(last), log.rtt(last), log.time(100)];"""))
			.isEqualTo(List.of(7, 1031, 7, 639, 1, true, 8, 1024, 2000, 1.5, 100));
	}

	@Test
	void matchesAreFoundALittleAtATime() {
		assertThat(module("matches.mjs",
				"""
						const {Log, Kind, encode} = await import(new URL('./log.mjs', document.querySelector('script').src));
						const log = new Log(1024, 4096);
						for (let n = 0; n < 1000; n++) log.add(Kind.SENT_TEXT, encode('x'));
						const matches = new m.Matches(log);
						matches.set((log, n) => n % 100 === 0);
						const first = matches.step(0);
						const next = matches.next;
						while (!matches.step(performance.now() + 5));
						const before = [matches.count, matches.at(9), matches.has(500), matches.has(501), matches.indexFrom(501)];
						for (let n = 0; n < 124; n++) log.add(Kind.SENT_TEXT, encode('x'));
						while (!matches.step(performance.now() + 5));
						return [first, next, ...before, matches.count, matches.at(0)];"""))
			.isEqualTo(List.of(false, 1, 10, 900, true, false, 6, 11, 100));
	}

	@Test
	void filterTakesTextDirectionAndType() {
		assertThat(module("filter.mjs", """
				const {Log, Kind, encode} = await import(new URL('./log.mjs', document.querySelector('script').src));
				const log = new Log(1024, 4096);
				log.note('a.b');
				log.add(Kind.SENT_TEXT, encode('A.B'));
				log.add(Kind.RECEIVED_BINARY, encode('a-b'));
				const found = (filter) => {
				  const matches = m.predicate({text: '', regex: false, direction: '', type: '', ...filter});
				  return [0, 1, 2].filter((n) => matches(log, n)).join();
				};
				return [m.predicate({text: '', regex: false, direction: '', type: ''}) === null, found({text: 'a.b'}),
				  found({direction: 'sent'}), found({type: 'binary'}),
				  found({text: 'a', direction: 'received', type: 'text'}), found({type: 'event'})];"""))
			.isEqualTo(List.of(true, "0,1", "1", "2", "", "0"));
	}

	@Test
	void hexIsReadAndWritten() {
		assertThat(module("hex.mjs",
				"""
						return [m.hex(m.parseHex(' 00 FFa5\\n')), m.hexDump(Uint8Array.from({length: 17}, (_, n) => n + 60))];"""))
			.isEqualTo(
					List.of("00 ff a5", "00000000  3c 3d 3e 3f 40 41 42 43 44 45 46 47 48 49 4a 4b  <=>?@ABCDEFGHIJK\n"
							+ "00000010  4c" + " ".repeat(47) + "L"));
	}

	@ParameterizedTest
	@CsvSource({ "websocket,''", "websocket?fragment=6B,''", "websocket?delay=1s,delay is set",
			"websocket?messages=3,messages is set", "websocket/push,this path does not echo" })
	void roundTripIsTakenFromEchoesOnly(String address, String reason) {
		assertThat(module("echoes.mjs", """
				const {Log} = await import(new URL('./log.mjs', document.querySelector('script').src));
				return new m.Echoes(new URL('ws://a/%s'), new Log()).without;""".formatted(address))).isEqualTo(reason);
	}

	@Test
	void anythingButAnEchoEndsTheTiming() {
		assertThat(module("echoes.mjs", """
				const {Log, Kind, encode} = await import(new URL('./log.mjs', document.querySelector('script').src));
				const log = new Log();
				const echoes = new m.Echoes(new URL('ws://a/websocket/handshake'), log);
				const sent = (text, time) => echoes.sent(log.add(Kind.SENT_TEXT, encode(text), time));
				const received = (text, time) => String(echoes.received(Kind.RECEIVED_TEXT, encode(text), time));
				sent('a', 10); sent('b', 20); sent('c', 30);
				return [received('report', 31), received('a', 35), received('b', 36), received('x', 37), echoes.without,
				  received('c', 38)];"""))
			.isEqualTo(List.of("NaN", "25", "16", "NaN", "message 3 was answered with something else", "NaN"));
	}

	@Test
	void soakCountsWhatIsWrong() {
		assertThat(module("soak.mjs",
				"""
						const soak = new m.Soak(20, 'x');
						const sent = Array.from({length: 8}, () => soak.next());
						[0, 2, 1, 3, 3].forEach((n) => soak.received(sent[n]));
						soak.received(sent[4].replace('.', ','));
						soak.received('soak x 99 ...........');
						soak.received(new ArrayBuffer(1));
						return [sent[0], soak.sent, soak.correct, soak.outOfOrder, soak.repeated, soak.mismatched, soak.waiting];"""))
			.isEqualTo(List.of("soak x 0 ...........", 8, 3, 1, 1, 3, 1));
	}

	@Test
	void secondsHaveRatesAndRoundTrips() {
		assertThat(module("seconds.mjs", """
				const seconds = new m.Seconds();
				seconds.sent(5100); seconds.received(5200, 1); seconds.received(7000, 3); seconds.received(7001, NaN);
				for (let n = 0; n < 98; n++) seconds.received(7002, 2);
				seconds.tick(2_000_000);
				const {all, least, most} = seconds;
				return [all.length, all.at(-1).second, least, most, Math.abs(seconds.quantile(.5) - 2) < .2];"""))
			.isEqualTo(List.of(600, 2000, 1, 3, true));
	}

	@Test
	void exportedBytesAreBase64() {
		assertThat(module("export.mjs",
				"""
						return m.base64(Uint8Array.from({length: 10_000}, (_, n) => n)).length + m.base64(Uint8Array.of(0, 255));"""))
			.isEqualTo("13336AP8=");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"', value = {
			"client, fin, 1006, false, 1006, Each end says that the other one ended it: something between them did.",
			"client, close, 1002, false, 1006, The browser refused what arrived: why.",
			"client, close, 4000, true, 4000, Both ends say the same.",
			"client, rst, 1006, true, 1006, \"This page sent a Close, and none arrived at the server: something between them lost it.\"",
			"server, close, 1000, false, 1006, The Close 1000 of the server arrived as 1006: something between them changed or lost it.",
			"server, fin, 1006, false, 1006, Both ends say the same: there was no Close.",
			"server, rst, 1006, false, 1000, \"The server sent no Close, and here arrived 1000: something between them made it.\"",
			"network, keep-alive, 1006, false, 1006, The server gave the session up: keep-alive." })
	void bothViewsSayOneThing(String by, String how, int code, boolean closedHere, int here, String words) {
		assertThat(module("ledger.mjs", """
				return m.compare({by: '%s', how: '%s', code: %d, reason: 'why', time: ''},
				  {code: %d, closedHere: %s, dropped: false});""".formatted(by, how, code, here, closedHere)))
			.isEqualTo(words);
	}

	private Object module(String name, String body) {
		if (page == null) {
			page = ConsolePage.open(CHROMIUM, this.port);
		}
		return page.module(name, body);
	}

}
