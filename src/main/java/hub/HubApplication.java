package hub;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The hub's entry point; {@code doctor} as the first argument examines the partners instead. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class HubApplication {

    public static void main(String[] args) {
        OwnJvm.take();
        if (DoctorCommand.isAsked(args)) {
            System.exit(DoctorCommand.run(args));
        }
        SpringApplication.run(HubApplication.class, args);
        ClassArchive.afterStart();
    }
}
