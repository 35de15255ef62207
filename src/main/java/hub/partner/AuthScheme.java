package hub.partner;

import java.util.List;

/** A way to prove who we are; a partner names one in its {@code auth} option. */
interface AuthScheme {

    /** Such as {@code coupang-hmac}. */
    String name();

    /** The credentials it needs, as keys of {@code hub.partners.<name>}. */
    List<String> keys();

    /** Those of the keys that are no secret and that documents carry, such as a vendor's number. */
    default List<String> shown() {
        return List.of();
    }

    /**
     * The proof for one partner.
     *
     * @param http for a call that fetches a token
     */
    Authentication of(PartnerSettings settings, Http http);
}
