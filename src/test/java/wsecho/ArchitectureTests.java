package wsecho;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

/** Dependencies run one way: scenario, session, socket; the page knows none. */
@AnalyzeClasses(packagesOf = Application.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule DIRECTION = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.layer("page")
		.definedBy("wsecho.page..")
		.layer("scenario")
		.definedBy("wsecho.scenario..")
		.layer("session")
		.definedBy("wsecho.session..")
		.layer("socket")
		.definedBy("wsecho.socket..")
		.whereLayer("page")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("page")
		.mayNotAccessAnyLayer()
		.whereLayer("scenario")
		.mayNotBeAccessedByAnyLayer()
		.whereLayer("session")
		.mayOnlyBeAccessedByLayers("scenario")
		.whereLayer("socket")
		.mayOnlyBeAccessedByLayers("scenario", "session");

	@ArchTest
	static final ArchRule NETTY = noClasses().that()
		.resideOutsideOfPackage("wsecho.socket..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.netty..", "reactor.netty..");

}
