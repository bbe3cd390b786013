package wsecho.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.http.MediaType;
import org.springframework.util.StringUtils;

/**
 * The files of the page, in memory. Those that documents name as {@code assets/…} have
 * the hash of all of them in their addresses, so that they need never be asked for again;
 * one for all, so that modules can name each other relatively.
 */
final class Assets {

	private static final String FOLDER = "wsecho/page/";

	private static final MediaType SCRIPT = type("text/javascript");

	/** By their extensions; the classes of this package are no assets. */
	private static final Map<String, MediaType> TYPES = Map.of("css", type("text/css"), "mjs", SCRIPT, "svg",
			type("image/svg+xml"));

	private final SortedMap<String, Asset> byName = new TreeMap<>();

	private final String hash;

	Assets() throws IOException {
		for (Resource file : found("classpath*:" + FOLDER + "**/*.*")) {
			String path = file.getURL().getPath();
			MediaType type = TYPES.get(StringUtils.getFilenameExtension(path));
			if (type != null) {
				String name = path.substring(path.lastIndexOf(FOLDER) + FOLDER.length());
				this.byName.put(name, new Asset(type, file.getContentAsByteArray()));
			}
		}
		addCharts();
		List<byte[]> parts = new ArrayList<>();
		this.byName.forEach((name, asset) -> {
			parts.add(name.getBytes(StandardCharsets.UTF_8));
			parts.add(asset.plain());
		});
		this.hash = Hash.of(parts);
	}

	private static MediaType type(String name) {
		return MediaType.parseMediaType(name + ";charset=utf-8");
	}

	private static Resource[] found(String pattern) throws IOException {
		return new PathMatchingResourcePatternResolver().getResources(pattern);
	}

	// its own module is not minified, and twice as long
	private void addCharts() throws IOException {
		String dist = "classpath*:META-INF/resources/webjars/uplot/*/dist/";
		String script = found(dist + "uPlot.iife.min.js")[0].getContentAsString(StandardCharsets.UTF_8);
		this.byName.put("uplot.mjs", new Asset(SCRIPT, script + "\nexport default uPlot;\n"));
		this.byName.put("uplot.css",
				new Asset(type("text/css"), found(dist + "uPlot.min.css")[0].getContentAsByteArray()));
	}

	/** The asset at this address, or null. */
	@Nullable Asset find(String ofHash, String name) {
		return ofHash.equals(this.hash) ? this.byName.get(name) : null;
	}

	/** A document, which names the assets by their present addresses. */
	Asset document(String name) throws IOException {
		String text = new ClassPathResource(name, Assets.class).getContentAsString(StandardCharsets.UTF_8);
		return new Asset(type("text/html"), text.replace("\"assets/", "\"assets/" + this.hash + "/"));
	}

	/** A document for programs, of another package. */
	static Asset json(String path) throws IOException {
		return new Asset(MediaType.APPLICATION_JSON, new ClassPathResource(path).getContentAsByteArray());
	}

}
