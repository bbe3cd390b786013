package wsecho;

import java.util.List;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import wsecho.settings.Usage;

@SpringBootApplication(proxyBeanMethods = false)
public class Application {

	public static void main(String[] args) {
		if (!Usage.answers(List.of(args), System.out)) {
			SpringApplication.run(Application.class, args);
		}
	}

}
