package wsecho.page;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import com.microsoft.playwright.Browser.NewPageOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import wsecho.fixture.Chromium;
import wsecho.fixture.RunningService;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The console for whoever sees, reads or points otherwise. */
@RunningService
class ConsoleAccessTests {

	@RegisterExtension
	private static final Chromium CHROMIUM = new Chromium();

	@LocalServerPort
	private int port;

	@ParameterizedTest
	@EnumSource(names = { "LIGHT", "DARK" })
	void isAccessible(ColorScheme scheme) throws Exception {
		NewPageOptions options = new NewPageOptions().setColorScheme(scheme);
		try (ConsolePage console = ConsolePage.empty(CHROMIUM, options).go(this.port, "?messages=100").connect()) {
			console.send("seen").logged("received");
			console.page().locator("#log .received").click();
			console.page().locator("#charts summary").click();
			console.by("filter-text").fill("seen");
			console.page().check("[name=mode][value=highlight]");
			console.assertAccessible(axe());
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "NONE", "ACTIVE" })
	void fitsIntoNarrowWindows(ForcedColors colours) throws Exception {
		NewPageOptions options = new NewPageOptions().setViewportSize(320, 640).setForcedColors(colours);
		try (ConsolePage console = ConsolePage.empty(CHROMIUM, options)
			.go(this.port, "?url=websocket/push&every=1ms&count=5")) {
			console.by("connect").click();
			console.state("closed").logged("number");
			console.page().locator("#charts summary").click();
			console.page().locator("#log .received").first().click();
			assertThat(console.page().evaluate("document.documentElement.scrollWidth")).isEqualTo(320);
			console.assertAccessible(axe());
		}
	}

	private static String axe() throws Exception {
		String pattern = "classpath*:**/axe.min.js";
		try (InputStream script = new PathMatchingResourcePatternResolver().getResources(pattern)[0].getInputStream()) {
			return new String(script.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
