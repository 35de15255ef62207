package hub.partner;

import java.net.UnknownHostException;

/** Final: a host whose address is of our own network. */
final class PrivateAddressException extends UnknownHostException {

    private static final long serialVersionUID = 1L;

    PrivateAddressException(String message) {
        super(message);
    }
}
