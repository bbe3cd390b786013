package wsecho.logging;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Configuration;

/** Filters the log from before the service listens until it has stopped. */
@Configuration(proxyBeanMethods = false)
class LoggingConfiguration implements SmartInitializingSingleton, DisposableBean {

	private final LibraryWarnings filter = new LibraryWarnings();

	@Override
	public void afterSingletonsInstantiated() {
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			context.addTurboFilter(this.filter);
		}
	}

	@Override
	public void destroy() {
		if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
			context.getTurboFilterList().remove(this.filter);
		}
	}

}
