package hub.partner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Pictures come from the open internet; nothing of our own network is fetched because a supplier names it. */
class PublicAddressesTest {

    private final PublicAddresses addresses = new PublicAddresses(SystemDefaultDnsResolver.INSTANCE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "0.0.0.0",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "224.0.0.1",
                "[::1]",
                "[fe80::1]",
                "[fd00:ec2::254]",
                "[::ffff:127.0.0.1]",
                "198.18.0.1",
                "198.19.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "[64:ff9b::a00:1]",
                "[64:ff9b::808:808]",
                "[64:ff9b:1::a00:1]",
                "[::a00:1]",
                "[2001:0:a00:1::1]",
                "192.0.0.192",
                "[2002:a00:1::1]",
                "[2002:808:808::1]",
                "2130706433"
            })
    void address_of_a_private_network_is_refused(String host) {
        assertThatThrownBy(() -> addresses.resolve(host))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("private network");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "100.128.0.1",
                "172.32.0.1",
                "198.17.255.255",
                "198.20.0.1",
                "[2606:4700::1111]",
                "[2001:4860:4860::8888]",
                "[64:ff9a::1]"
            })
    void address_of_the_open_internet_is_given(String host) throws UnknownHostException {
        assertThat(addresses.resolve(host)).isNotEmpty();
    }

    @Test
    void nothing_is_sent_there() throws IOException {
        try (RawPartner server = new RawPartner();
                Http http = new Http(settings(), "test", addresses)) {
            HttpUriRequestBase request = new HttpUriRequestBase("GET", java.net.URI.create(server.url() + "/a.jpg"));

            Deadline soon = Deadline.in(java.time.Duration.ofSeconds(5), java.time.Duration.ofSeconds(1));

            assertThatThrownBy(() -> http.send(request, soon)).hasMessageContaining("private network");

            assertThat(server.requests()).isEmpty();
        }
    }

    private static HttpSettings settings() {
        Duration second = Duration.ofSeconds(1);
        DataSize size = DataSize.ofKilobytes(10);
        AnswerBounds bounds = new AnswerBounds("acme", size, size, 10, size, second);
        return new HttpSettings(
                "acme",
                2,
                2,
                second,
                second,
                second,
                second,
                second,
                bounds,
                new HttpSettings.Downloads(bounds, second));
    }
}
