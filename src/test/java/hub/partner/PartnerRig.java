package hub.partner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hub.TestRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hc.client5.http.DnsResolver;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.info.BuildProperties;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.mock.env.MockEnvironment;

/** The partner {@code acme}, bound from options as in the hub, and the raw server behind its base-url. */
final class PartnerRig implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private static final BuildProperties BUILD = build();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Nothing listens there: each process buys tokens for itself. */
    private static final StringRedisTemplate AWAY = TestRedis.template(TestRedis.freePort(), 0);

    final RawPartner server = new RawPartner();
    final List<Duration> limited = new CopyOnWriteArrayList<>();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final MockEnvironment options = new MockEnvironment();
    private final List<Partners> opened = new CopyOnWriteArrayList<>();

    /** @param options keys under {@code hub.partners.acme} and their values, in turn */
    PartnerRig(String... options) {
        set("base-url", server.url());
        set("auth", "none");
        set("budget", "unlimited");
        set("response-timeout", "5s");
        set("call-deadline", "8s");
        for (int i = 0; i < options.length; i += 2) {
            set(options[i], options[i + 1]);
        }
    }

    void set(String key, String value) {
        options.setProperty("hub.partners.acme." + key, value);
    }

    Partner partner() {
        return partners().get("acme");
    }

    Partners partners() {
        return partners(new AnswerWatch() {
            @Override
            public void limited(String partner, String operation, Duration retryAfter, String why) {
                limited.add(retryAfter);
            }

            @Override
            public void allowance(String partner, String operation, int perSecond, int burst, int remaining) {}
        });
    }

    Partners partners(AnswerWatch watch) {
        return partners(watch, Clock.fixed(NOW, ZoneOffset.UTC));
    }

    Partners partners(AnswerWatch watch, Clock clock) {
        Partners partners = new Partners(
                options,
                schemes(AWAY, clock),
                Binder.get(options).bindOrCreate("hub.http", HttpOptions.class),
                watch,
                meters,
                clock,
                new StaticListableBeanFactory(Map.of("build", BUILD)).getBeanProvider(BuildProperties.class),
                new StaticListableBeanFactory().getBeanProvider(Attachments.class));
        opened.add(partners);
        return partners;
    }

    /** A Postgres that is away: nothing listens there. */
    static JdbcTemplate noDatabase() {
        return new JdbcTemplate(new SimpleDriverDataSource(
                new org.postgresql.Driver(), "jdbc:postgresql://127.0.0.1:" + TestRedis.freePort() + "/hub"));
    }

    static List<AuthScheme> schemes(StringRedisTemplate redis, Clock clock) {
        return schemes(redis, noDatabase(), clock);
    }

    static List<AuthScheme> schemes(StringRedisTemplate redis, JdbcTemplate database, Clock clock) {
        AuthSchemes schemes = new AuthSchemes();
        return List.of(
                schemes.none(),
                schemes.coupangHmac(clock),
                schemes.naverToken(clock, redis, database),
                schemes.loginJwt(clock, redis, database),
                schemes.keyAndSession(),
                schemes.idAndKey());
    }

    private static BuildProperties build() {
        Properties properties = new Properties();
        properties.setProperty("version", "1.2.3");
        return new BuildProperties(properties);
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (Partners partners : opened) {
            partners.destroy();
        }
        server.close();
    }

    /** Counts the questions, and answers each with this machine. */
    static DnsResolver lookups(AtomicInteger asked) {
        return new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) {
                asked.incrementAndGet();
                return new InetAddress[] {InetAddress.getLoopbackAddress()};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
    }
}
