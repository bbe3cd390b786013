package wsecho;

import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import wsecho.check.Command;
import wsecho.settings.Usage;

@SpringBootApplication(proxyBeanMethods = false)
public class Application {

	public static void main(String[] args) {
		if (args.length > 0 && args[0].equals("check")) {
			System.exit(Command.run(List.of(args).subList(1, args.length)));
		}
		if (!Usage.answers(List.of(args), System.out)) {
			SpringApplication.run(Application.class, args);
		}
	}

}
