package wsecho;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

/** Dependencies run one way, and few packages know Netty. */
@AnalyzeClasses(packagesOf = Application.class, importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTests {

	@ArchTest
	static final ArchRule DIRECTION = layeredArchitecture().consideringOnlyDependenciesInLayers()
		.layer("page")
		.definedBy("wsecho.page..")
		.layer("api")
		.definedBy("wsecho.api..")
		.layer("http")
		.definedBy("wsecho.http..")
		.layer("signalr")
		.definedBy("wsecho.signalr")
		.layer("hub")
		.definedBy("wsecho.signalr.hub..")
		.layer("protocol")
		.definedBy("wsecho.signalr.protocol..")
		.layer("scenario")
		.definedBy("wsecho.scenario")
		.layer("parameter")
		.definedBy("wsecho.scenario.parameter..")
		.layer("shape")
		.definedBy("wsecho.scenario.shape..")
		.layer("session")
		.definedBy("wsecho.session..")
		.layer("handshake")
		.definedBy("wsecho.handshake..")
		.layer("websocket")
		.definedBy("wsecho.websocket")
		.layer("deflate")
		.definedBy("wsecho.websocket.deflate..")
		.layer("codec")
		.definedBy("wsecho.websocket.codec..")
		.layer("server")
		.definedBy("wsecho.server..")
		.layer("check")
		.definedBy("wsecho.check")
		.layer("report")
		.definedBy("wsecho.check.report..")
		.layer("script")
		.definedBy("wsecho.check.script..")
		.layer("client")
		.definedBy("wsecho.check.client..")
		.layer("table")
		.definedBy("wsecho.check.table..")
		.layer("settings")
		.definedBy("wsecho.settings..")
		.layer("logging")
		.definedBy("wsecho.logging..")
		.layer("memory")
		.definedBy("wsecho.memory..")
		.whereLayer("page")
		.mayNotAccessAnyLayer()
		.whereLayer("api")
		.mayOnlyAccessLayers("http", "signalr", "scenario", "parameter")
		.whereLayer("signalr")
		.mayOnlyAccessLayers("hub", "protocol", "http", "scenario", "parameter", "shape", "session", "handshake",
				"websocket", "memory")
		.whereLayer("hub")
		.mayOnlyAccessLayers("protocol", "websocket")
		.whereLayer("protocol")
		.mayNotAccessAnyLayer()
		.whereLayer("http")
		.mayOnlyAccessLayers("scenario", "parameter", "shape", "session", "handshake", "websocket", "memory")
		.whereLayer("scenario")
		.mayOnlyAccessLayers("parameter", "shape", "session", "handshake", "websocket", "codec")
		.whereLayer("parameter")
		.mayOnlyAccessLayers("handshake", "websocket", "codec", "settings")
		.whereLayer("shape")
		.mayOnlyAccessLayers("websocket")
		.whereLayer("session")
		.mayOnlyAccessLayers("handshake", "websocket", "memory", "settings", "logging")
		.whereLayer("handshake")
		.mayOnlyAccessLayers("websocket", "codec", "deflate", "memory", "settings")
		.whereLayer("websocket")
		.mayOnlyAccessLayers("codec", "deflate", "memory")
		.whereLayer("deflate")
		.mayOnlyAccessLayers("codec")
		.whereLayer("codec")
		.mayNotAccessAnyLayer()
		.whereLayer("check")
		.mayOnlyAccessLayers("report", "script", "client", "table")
		.whereLayer("report")
		.mayOnlyAccessLayers("client", "table")
		.whereLayer("script")
		.mayOnlyAccessLayers("client", "table", "codec")
		.whereLayer("client")
		.mayOnlyAccessLayers("table", "codec", "deflate")
		.whereLayer("table")
		.mayNotAccessAnyLayer()
		.whereLayer("server")
		.mayOnlyAccessLayers("handshake", "memory", "settings", "logging")
		.whereLayer("memory")
		.mayOnlyAccessLayers("settings")
		.whereLayer("settings")
		.mayNotAccessAnyLayer()
		.whereLayer("logging")
		.mayNotAccessAnyLayer();

	@ArchTest
	static final ArchRule NETTY = noClasses().that()
		.resideOutsideOfPackages("wsecho.websocket..", "wsecho.handshake..", "wsecho.http..", "wsecho.server..",
				"wsecho.check", "wsecho.check.client..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("io.netty..", "reactor.netty..");

	@ArchTest
	static final ArchRule CODEC = noClasses().that()
		.resideInAnyPackage("wsecho.websocket.codec..", "wsecho.check..")
		.should()
		.dependOnClassesThat()
		.resideInAnyPackage("org.springframework..", "reactor..");

}
