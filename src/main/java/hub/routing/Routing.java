package hub.routing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import hub.partner.Partners;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.TypeConverterSupport;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the route files into Camel before it starts. */
@Configuration(proxyBeanMethods = false)
class Routing {

    @Bean
    CamelContextConfiguration routeFiles(
            @Value("${hub.routes.folder:routes}") Path folder, Partners partners, RefusedFiles refused) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camel) {
                camel.getTypeConverterRegistry().addTypeConverter(List.class, ArrayNode.class, new JsonList());
            }

            @Override
            public void afterApplicationStart(CamelContext camel) {
                // Only now, so that a file whose route does not start takes no other along.
                camel.setAutoStartup(false);
                new RouteFiles(folder, partners, refused).load(camel);
                camel.setAutoStartup(true);
            }
        };
    }

    /** Polls begin when everything else stands: before that they only take the processors from the start. */
    @Bean
    ApplicationRunner routeStart(CamelContext camel) {
        return arguments -> RouteFiles.start(camel);
    }

    /** A JSON list as the list that a bean's method takes. */
    private static final class JsonList extends TypeConverterSupport {
        @Override
        public <T> T convertTo(Class<T> type, Exchange exchange, Object value) {
            List<Object> list = new ArrayList<>();
            ((ArrayNode) value).forEach(list::add);
            return type.cast(list);
        }
    }
}
