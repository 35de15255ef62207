package hub.partner;

import static hub.partner.PartnerRig.json;
import static hub.partner.RawPartner.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PartnerComponentTest {

    private final PartnerRig rig = new PartnerRig();
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() {
        camel.addComponent("partner", new PartnerComponent(rig.partners()));
        camel.start();
    }

    @AfterEach
    void close() throws IOException {
        camel.stop();
        rig.close();
    }

    @Test
    void no_header_goes_out_or_comes_in() {
        rig.server.on(
                "/things", answer(200, "{\"id\": 1}", "CamelFileName: x", "X-Secret: y", "CamelBeanMethodName: z"));

        Exchange exchange = camel.createFluentProducerTemplate()
                .to("partner:acme/list")
                .withBody(json("{\"path\": \"/things\"}"))
                .withHeaders(
                        Map.of("Authorization", "of another partner", "CamelHttpUri", "http://elsewhere", "kept", "1"))
                .send();

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders().keySet())
                .containsExactlyInAnyOrder("Authorization", "CamelHttpUri", "kept");
        assertThat(exchange.getMessage().getBody(JsonNode.class).path("id").asInt())
                .isEqualTo(1);
        assertThat(exchange.getVariable("outcome")).isEqualTo("ok");
        assertThat(rig.server.requests().get(0).headers()).doesNotContainKeys("authorization", "camelhttpuri", "kept");
    }

    @Test
    void nothing_is_sent_that_may_outlast_the_lease_of_its_job() {
        rig.server.on("/things", answer(200, "{\"id\": 1}"));

        Exchange late = send(Instant.now().plusSeconds(9)); // a call may wait 2 s and take 8 s
        Exchange inTime = send(Instant.now().plusSeconds(60));

        assertThat(late.getException())
                .isInstanceOfSatisfying(
                        PartnerCallException.class, e -> assertThat(e.outcome()).isEqualTo("retry"))
                .hasMessageContaining("acme/list was not sent: the lease of its job ends at");
        assertThat(inTime.getException()).isNull();
        assertThat(rig.server.requests()).hasSize(1);
    }

    private Exchange send(Instant until) {
        return camel.createFluentProducerTemplate()
                .to("partner:acme/list")
                .withBody(json("{\"path\": \"/things\"}"))
                .withVariable("item", json("{\"job\": {\"until\": \"" + until + "\"}}"))
                .send();
    }

    @Test
    void address_must_name_partner_and_operation() {
        assertThatThrownBy(() -> camel.getEndpoint("partner:acme")).rootCause().hasMessageContaining("partner:<name>");
        assertThatThrownBy(() -> camel.getEndpoint("partner:nobody/x"))
                .rootCause()
                .hasMessageContaining("no partner nobody");
    }
}
