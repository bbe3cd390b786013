package wsecho;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import org.junit.jupiter.api.Assumptions;

/** The machine's own Chromium, driven by Playwright. */
final class Browser implements AutoCloseable {

	private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

	private final Playwright playwright;

	private final com.microsoft.playwright.Browser browser;

	private Browser(Path executable) {
		this.playwright = Playwright.create(new CreateOptions().setEnv(environment()));
		this.browser = this.playwright.chromium()
			.launch(new LaunchOptions().setExecutablePath(executable)
				.setChromiumSandbox(!isRoot())
				.setArgs(List.of("--disable-background-networking", "--disable-component-update", "--disable-sync",
						"--disable-quic", "--no-first-run")));
	}

	/**
	 * Starts it. Where there is none, the test is skipped with one line; in CI it fails.
	 * @return the browser
	 */
	static Browser start() {
		Optional<Path> executable = NAMES.stream().flatMap(Browser::onPath).findFirst();
		if (executable.isEmpty() && !isCi()) {
			System.out.println(
					"The browser tests are skipped: there is no Chromium on the PATH (Debian: apt install chromium).");
			Assumptions.abort("no Chromium");
		}
		return new Browser(executable.orElseThrow(() -> new AssertionError("no Chromium on the PATH")));
	}

	com.microsoft.playwright.Browser browser() {
		return this.browser;
	}

	@Override
	public void close() {
		this.playwright.close();
	}

	// as root Chromium starts without its sandbox only
	private static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

	private static boolean isCi() {
		return !System.getenv().getOrDefault("CI", "").isEmpty();
	}

	// Playwright would download a browser of its own, and unpack a Node of its own
	private static Map<String, String> environment() {
		String skip = "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD";
		return onPath("node").findFirst()
			.map((node) -> Map.of(skip, "1", "PLAYWRIGHT_NODEJS_PATH", node.toString()))
			.orElse(Map.of(skip, "1"));
	}

	private static Stream<Path> onPath(String name) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
			.map((directory) -> Path.of(directory, name))
			.filter(Files::isExecutable);
	}

}
