package hub.partner;

import java.util.List;

/** Final: the options of partners are wrong; the hub does not start. */
public final class PartnerSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PartnerSettingsException(List<String> sentences) {
        super(String.join("\n", sentences));
    }
}
