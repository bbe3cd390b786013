package wsecho.deployment;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Manifests as kustomize renders them.
 *
 * @param objects each of them
 */
record Manifests(List<JsonNode> objects) {

	private static final JsonMapper JSON = new JsonMapper();

	private static final Path WORK = Path.of("target/kustomize");

	/**
	 * Renders a folder of {@code k8s}. Where there is no kustomize the test is skipped
	 * with one line; in CI it fails.
	 * @param folder the folder
	 * @return what is in it
	 * @throws Exception if it cannot be rendered
	 */
	static Manifests of(String folder) throws Exception {
		return render(Path.of("k8s", folder));
	}

	/**
	 * Renders the base with a component.
	 * @param component the component
	 * @return both
	 * @throws Exception if they cannot be rendered
	 */
	static Manifests withComponent(String component) throws Exception {
		Path folder = Files.createDirectories(WORK.resolve(component));
		Files.writeString(folder.resolve("kustomization.yaml"), """
				resources: [../../../k8s/base]
				components: [../../../k8s/components/%s]
				""".formatted(component));
		return render(folder);
	}

	private static Manifests render(Path folder) throws Exception {
		List<String> command = new ArrayList<>(kustomize());
		command.add(folder.toString());
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.waitFor() != 0) {
			throw new IOException(folder + " cannot be rendered");
		}
		List<JsonNode> objects = new ArrayList<>();
		new Yaml().loadAll(text).forEach((document) -> objects.add(JSON.valueToTree(document)));
		return new Manifests(objects);
	}

	private static List<String> kustomize() {
		Optional<List<String>> command = Stream.concat(onPath("kustomize", "build"), onPath("kubectl", "kustomize"))
			.findFirst();
		if (command.isEmpty() && System.getenv().getOrDefault("CI", "").isEmpty()) {
			System.out
				.println("The tests of the manifests are skipped: there is no kustomize and no kubectl on the PATH.");
			Assumptions.abort("no kustomize");
		}
		return command.orElseThrow(() -> new AssertionError("no kustomize on the PATH"));
	}

	private static Stream<List<String>> onPath(String program, String verb) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
			.map((directory) -> Path.of(directory, program))
			.filter(Files::isExecutable)
			.map((file) -> List.of(file.toString(), verb));
	}

	/**
	 * The only object of a kind.
	 * @param kind the kind
	 * @return the object
	 */
	JsonNode only(String kind) {
		List<JsonNode> found = this.objects.stream()
			.filter((each) -> each.at("/kind").asString().equals(kind))
			.toList();
		if (found.size() != 1) {
			throw new AssertionError(found.size() + " objects of kind " + kind);
		}
		return found.get(0);
	}

	/** The template of the pods. */
	JsonNode pod() {
		return only("Deployment").at("/spec/template");
	}

	/** The container of the pods. */
	JsonNode container() {
		return pod().at("/spec/containers/0");
	}

	/** The variables of the container that its ConfigMap sets. */
	JsonNode settings() {
		String configMap = container().at("/envFrom/0/configMapRef/name").asString();
		return this.objects.stream()
			.filter((each) -> each.at("/metadata/name").asString().equals(configMap))
			.map((each) -> each.at("/data"))
			.findFirst()
			.orElseThrow();
	}

}
