package hub.order;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where orders for suppliers without an order API are written.
 *
 * @param folder with one folder a supplier, and one file an order in it
 */
@ConfigurationProperties(prefix = "hub.handoff", ignoreUnknownFields = false)
public record HandOffOptions(@DefaultValue("./data/handoff") String folder) {}
