package wsecho.check.report;

import java.util.Objects;

import picocli.CommandLine.IVersionProvider;

/** The version of the jar. */
public final class Version implements IVersionProvider {

	/** Without the name of the program; only a jar has one. */
	static String text() {
		return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "(no version)");
	}

	@Override
	public String[] getVersion() {
		return new String[] { "wsecho " + text() };
	}

}
