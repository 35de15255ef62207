package hub.partner;

import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;

/** The ways to prove who we are that a partner can name. */
@Configuration(proxyBeanMethods = false)
class AuthSchemes {

    /** Nothing to prove. */
    @Bean
    AuthScheme none() {
        return new Scheme("none", List.of(), (settings, http) -> call -> {});
    }

    /** A signature over every call, in the Authorization header. */
    @Bean
    AuthScheme coupangHmac(Clock clock) {
        return new Scheme(
                "coupang-hmac",
                List.of("access-key", "secret-key", "vendor-id"),
                List.of("vendor-id"),
                (settings, http) -> new SignedCall(settings, clock, new SignedTime(http.heard())));
    }

    /** A token that a bcrypt signature buys; one for all processes. */
    @Bean
    AuthScheme naverToken(Clock clock, StringRedisTemplate redis, JdbcTemplate database) {
        return new Scheme(
                "naver-token",
                List.of("client-id", "client-secret"),
                (settings, http) -> new BearerToken(
                        new NaverTokenCall(settings, http, clock, new SignedTime(http.heard())),
                        shared(redis, database, settings, clock),
                        clock));
    }

    /** A token that a user name and password buy, answered as plain text; one for all processes. */
    @Bean
    AuthScheme loginJwt(Clock clock, StringRedisTemplate redis, JdbcTemplate database) {
        return new Scheme(
                "login-jwt",
                List.of("auth-url", "username", "password"),
                (settings, http) -> new BearerToken(
                        new LoginCall(settings, http, clock), shared(redis, database, settings, clock), clock));
    }

    /** A key and a session, and our login, as the parameters that {@code auth-fields} names. */
    @Bean
    AuthScheme keyAndSession() {
        return new Scheme("key-and-session", List.of("api-key", "session-id"), (s, http) -> parameters(s));
    }

    /** An id and a key as the parameters that {@code auth-fields} names. */
    @Bean
    AuthScheme idAndKey() {
        return new Scheme("id-and-key", List.of("id", "key"), (s, http) -> parameters(s));
    }

    private static SharedToken shared(
            StringRedisTemplate redis, JdbcTemplate database, PartnerSettings settings, Clock clock) {
        return new SharedToken(new RedisShelf(redis), new PostgresShelf(database), settings, clock);
    }

    private static Authentication parameters(PartnerSettings settings) {
        return call -> settings.authFields().forEach((credential, parameter) -> {
            if (call.inSession() || !credential.equals("session-id")) {
                call.parameter(parameter, settings.reveal(credential));
            }
        });
    }

    private interface Factory {
        Authentication of(PartnerSettings settings, Http http);
    }

    private record Scheme(String name, List<String> keys, List<String> shown, Factory factory) implements AuthScheme {

        Scheme(String name, List<String> keys, Factory factory) {
            this(name, keys, List.of(), factory);
        }

        @Override
        public Authentication of(PartnerSettings settings, Http http) {
            return factory.of(settings, http);
        }
    }
}
