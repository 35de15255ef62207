package hub.console;

import hub.console.Language.Switch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What pages are made of: their language, and the files they load. */
@Configuration(proxyBeanMethods = false)
class WebParts implements WebMvcConfigurer {

    /** What the login page needs before a login. */
    static final Set<String> OPEN_FILES = Set.of("/console.css", "/favicon.svg");

    private static final String HTMX = "classpath*:META-INF/resources/webjars/htmx.org/*/dist/htmx.min.js";

    @Bean
    MessageSource messageSource() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setDefaultLocale(Locale.KOREAN);
        return messages;
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> unreadableRequests() {
        return tomcat -> tomcat.addContextCustomizers(context ->
                ((StandardHost) context.getParent()).setErrorReportValveClass(UnreadableRequests.class.getName()));
    }

    @Bean
    LocaleResolver localeResolver() {
        return new Language();
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new Switch());
    }

    /** htmx under a path without its version. */
    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        try {
            Resource[] found = new PathMatchingResourcePatternResolver().getResources(HTMX);
            String file = found[0].getURL().toString();
            registry.addResourceHandler("/htmx.min.js")
                    .addResourceLocations(file.substring(0, file.lastIndexOf('/') + 1));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(HTMX, e);
        }
    }
}
