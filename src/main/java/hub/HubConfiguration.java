package hub;

import com.zaxxer.hikari.HikariDataSource;
import hub.budget.BudgetBeat;
import hub.budget.BudgetOptions;
import hub.budget.BudgetRule;
import hub.budget.CallBudgets;
import hub.cluster.Pollers;
import hub.cluster.Timing;
import hub.database.UnpooledConnections;
import hub.partner.AnswerWatch;
import hub.partner.CallMade;
import hub.partner.Partner;
import hub.partner.Partners;
import hub.partner.Refusal;
import hub.partner.Repeats;
import hub.partner.Stop;
import hub.partner.Stops;
import hub.partner.ledger.CallLedger;
import hub.partner.ledger.Tally;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.function.SingletonSupplier;

/** Where features meet that do not know each other. */
@Configuration(proxyBeanMethods = false)
class HubConfiguration {

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    /** The budgets of all partners; what a partner allows stands beside its credentials. */
    @Bean
    CallBudgets callBudgets(
            Partners partners,
            Environment environment,
            StringRedisTemplate redis,
            DataSource database,
            BudgetOptions options,
            Clock clock,
            MeterRegistry meters) {
        Binder binder = Binder.get(environment);
        Map<String, List<BudgetRule>> rules = new HashMap<>();
        Map<String, String> accounts = new HashMap<>();
        for (Partner partner : partners.all().values()) {
            String name = partner.settings().name();
            rules.put(name, rules(binder, "hub.partners." + name + ".budget"));
            accounts.put(name, partner.settings().account());
        }
        return new CallBudgets(redis, database, rules, accounts, options, clock, meters);
    }

    /** None where it says {@code unlimited}; whether it has to say so is up to the partner's settings. */
    private static List<BudgetRule> rules(Binder binder, String budget) {
        boolean unlimited = binder.bind(budget, String.class).isBound();
        return unlimited
                ? List.of()
                : binder.bind(budget, Bindable.listOf(BudgetRule.class)).orElse(List.of());
    }

    /** A server that does not answer is known to be gone before another process leads; both in seconds. */
    @Bean
    Pollers pollers(HikariDataSource pool) {
        DriverManagerDataSource connections = UnpooledConnections.like(pool);
        Properties properties = Objects.requireNonNull(connections.getConnectionProperties());
        properties.putAll(
                Map.of("ApplicationName", "dropship-hub pollers", "connectTimeout", "3", "socketTimeout", "5"));
        return new Pollers(connections, Timing.USUAL);
    }

    @Bean
    BudgetBeat budgetBeat(CallBudgets budgets) {
        return new BudgetBeat(budgets);
    }

    /** What partners answer goes back into the budgets. */
    @Bean
    AnswerWatch answerWatch(
            ObjectProvider<CallBudgets> provider, Stops stops, Repeats repeats, CallLedger ledger, Clock clock) {
        // Looked up once: Spring goes through all its beans for an answer, and this is asked at every call.
        Supplier<CallBudgets> budgets = SingletonSupplier.of(provider::getObject);
        return new AnswerWatch() {
            @Override
            public void limited(String partner, String operation, Duration retryAfter, String why) {
                budgets.get().pause(partner, operation, clock.instant().plus(retryAfter), why);
            }

            @Override
            public Duration limited(String partner, String operation, String why) {
                return budgets.get().backOff(partner, operation, why);
            }

            @Override
            public Duration tooMany(String partner, String operation, String why) {
                return budgets.get().tooMany(partner, operation, why);
            }

            @Override
            public Duration emptied(String partner, String operation, Duration refill, String why) {
                return budgets.get().emptied(partner, operation, refill, why);
            }

            @Override
            public Duration leaving(String partner, String operation) {
                return budgets.get().depart(partner, operation);
            }

            @Override
            public void notMade() {
                budgets.get().notMade();
            }

            @Override
            public void back(String partner, String operation) {
                budgets.get().answered(partner, operation);
            }

            @Override
            public Duration unplanned(String partner, String operation) {
                return budgets.get().spendNow(partner, operation);
            }

            @Override
            public boolean failedBefore(String partner, String operation, Supplier<String> work) {
                return repeats.failedBefore(partner, operation, work);
            }

            @Override
            public Duration sending(String partner, String operation, boolean repeat) {
                return repeats.leaving(partner, operation, repeat);
            }

            @Override
            public Duration repeating(String partner, String operation) {
                return repeats.again(partner, operation);
            }

            @Override
            public String whyNotAgain(String partner, String operation, Duration wait) {
                return repeats.why(partner, operation, wait);
            }

            @Override
            public void ended(String partner, String operation, Supplier<String> work, boolean comesAgain) {
                repeats.ended(partner, operation, work, comesAgain);
            }

            @Override
            public Optional<Stop> stopped(
                    String partner, String operation, String credentials, Supplier<String> request) {
                return stops.of(partner, operation, credentials, request);
            }

            @Override
            public void refused(Refusal refusal) {
                stops.refused(refusal);
            }

            @Override
            public void made(CallMade call) {
                Tally tally = new Tally(
                        1,
                        call.repeated() ? 1 : 0,
                        call.bytesOut(),
                        call.bytesIn(),
                        call.costMilliWon(),
                        call.took().toMillis());
                ledger.count(call.partner(), call.operation(), call.kind(), tally);
            }

            @Override
            public void accepted(String partner, String operation, Supplier<String> request) {
                stops.accepted(partner, operation, request);
            }

            @Override
            public void allowance(String partner, String operation, int perSecond, int burst, int remaining) {
                budgets.get().learn(partner, operation, perSecond, burst, remaining);
            }
        };
    }
}
