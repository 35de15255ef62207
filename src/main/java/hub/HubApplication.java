package hub;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The hub's entry point; {@code doctor} and {@code pull} as the first argument are commands instead. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class HubApplication {

    public static void main(String[] args) {
        OwnJvm.take();
        if (DoctorCommand.isAsked(args)) {
            System.exit(DoctorCommand.run(args));
        }
        if (PullCommand.isAsked(args)) {
            System.exit(PullCommand.run(args));
        }
        SpringApplication.run(HubApplication.class, args);
        ClassArchive.afterStart();
    }
}
