package hub.console;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.boot.web.server.Cookie.SameSite;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.server.ConfigurableServletWebServerFactory;
import org.springframework.boot.web.servlet.server.Session;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.hierarchicalroles.RoleHierarchy;
import org.springframework.security.access.hierarchicalroles.RoleHierarchyImpl;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.context.support.WebApplicationContextUtils;

/** Who may do what over HTTP. What is not opened here needs a login. */
@Configuration(proxyBeanMethods = false)
class Security {

    static final String LOGIN = "/login";

    private static final int BCRYPT_COST = 12;
    private static final String CONTENT =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
                    + " form-action 'self'; frame-ancestors 'none'";

    /** The actuator's own port, which listens on loopback: what scrapers and probes read, and nothing else. */
    @Bean
    @Order(1)
    SecurityFilterChain actuator(HttpSecurity http) throws Exception {
        return http.securityMatcher(Security::isManagement)
                .authorizeHttpRequests(
                        requests -> requests.requestMatchers(EndpointRequest.to("health", "info", "prometheus"))
                                .permitAll()
                                .anyRequest()
                                .denyAll())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.FORBIDDEN)))
                .build();
    }

    /** Pages and API. */
    @Bean
    @Order(2)
    SecurityFilterChain console(HttpSecurity http, ConsoleOptions options) throws Exception {
        FailedLogins failed = new FailedLogins(options.failedLogins(), System::nanoTime);
        SavedRequestAwareAuthenticationSuccessHandler home = new SavedRequestAwareAuthenticationSuccessHandler();
        home.setAlwaysUseDefaultTargetUrl(true);
        return http.authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(
                                new Nearby(StatusApi.PATH),
                                new Nearby(StatusApi.STOPS),
                                new Nearby(HoldsApi.FEEDS),
                                new Nearby(PullsApi.PATH),
                                new Nearby(PullsApi.RANGES),
                                new Nearby(ProductsApi.PATH),
                                new Nearby(CachesApi.PATH),
                                new Nearby(ImagesApi.PATH),
                                new Nearby(DatabaseApi.PATH),
                                new Nearby(CallsApi.PATH),
                                new Nearby(ProductsApi.CONTRACT))
                        .permitAll()
                        .requestMatchers(Security::isOpen)
                        .permitAll()
                        .requestMatchers(Security::isDecision)
                        .hasAuthority(Role.OPERATOR.authority())
                        .anyRequest()
                        .hasAuthority(Role.VIEWER.authority()))
                .formLogin(form -> form.loginPage(LOGIN)
                        .successHandler((request, response, user) -> {
                            failed.succeeded(request.getRemoteAddr());
                            home.onAuthenticationSuccess(request, response, user);
                        })
                        .permitAll())
                .logout(logout -> logout.permitAll())
                .addFilterBefore(new LoginGate(failed), UsernamePasswordAuthenticationFilter.class)
                .exceptionHandling(refused -> refused.authenticationEntryPoint(entry()))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER)))
                .build();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return new BCryptPasswordEncoder(BCRYPT_COST);
    }

    @Bean
    RoleHierarchy roleHierarchy() {
        return RoleHierarchyImpl.fromHierarchy(Role.ADMIN.authority() + " > " + Role.OPERATOR.authority() + " > "
                + Role.INTEGRATOR.authority() + " > " + Role.VIEWER.authority());
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> sessions(ConsoleOptions options) {
        return factory -> {
            Session session = new Session();
            session.setTimeout(options.session());
            session.getCookie().setHttpOnly(true);
            session.getCookie().setSameSite(SameSite.STRICT);
            factory.setSession(session);
        };
    }

    /** A browser is sent to the login page; a program, and a part of a page, are told. */
    private static AuthenticationEntryPoint entry() {
        AuthenticationEntryPoint page = new LoginUrlAuthenticationEntryPoint(LOGIN);
        AuthenticationEntryPoint status = new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED);
        return (request, response, why) -> {
            boolean part = request.getHeader("HX-Request") != null;
            if (part) {
                response.setHeader("HX-Redirect", LOGIN);
            }
            boolean program =
                    part || request.getRequestURI().toLowerCase(Locale.ROOT).startsWith("/api");
            (program ? status : page).commence(request, response, why);
        };
    }

    /** The login page with any query; Spring's own rule for it takes no {@code ?lang=}. */
    private static boolean isOpen(HttpServletRequest request) {
        String uri = request.getRequestURI();
        return request.getMethod().equals("GET") && (uri.equals(LOGIN) || WebParts.OPEN_FILES.contains(uri));
    }

    /** Whatever is more than a look. */
    private static boolean isDecision(HttpServletRequest request) {
        return !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
    }

    private static boolean isManagement(HttpServletRequest request) {
        return WebServerApplicationContext.hasServerNamespace(
                WebApplicationContextUtils.getWebApplicationContext(request.getServletContext()), "management");
    }
}
