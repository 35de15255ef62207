package hub.signing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class SecretTest {

    record Account(String id, Secret secret) {}

    @Test
    void binds_from_a_setting_and_does_not_print() {
        Account account = new Binder(new MapConfigurationPropertySource(Map.of("a.id", "me", "a.secret", "s3cr3t")))
                .bind("a", Account.class)
                .get();

        assertThat(account.secret().reveal()).isEqualTo("s3cr3t");
        assertThat(account.toString()).doesNotContain("s3cr3t").contains("***");
    }

    @Test
    void equals_by_value_only() {
        assertThat(Secret.of("a"))
                .isEqualTo(new Secret("a"))
                .hasSameHashCodeAs(Secret.of("a"))
                .isNotEqualTo(Secret.of("b"))
                .isNotEqualTo("a");
    }
}
