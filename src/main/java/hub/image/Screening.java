package hub.image;

import hub.partner.FileRefusedException;
import hub.partner.OpenFiles;
import java.net.URI;
import java.util.Set;

/**
 * Pictures for a market that fetches them itself: they go by their own addresses, and those that it would refuse by
 * format, size, shape, weight or address do not. One that it refuses costs the product its listing, and several in a
 * row all new listings of the market for an hour.
 *
 * @param ownNetwork whether it may lie in our own network, at any port: the pictures of simulated suppliers do
 */
record Screening(ImageRule rule, boolean ownNetwork) implements Use {

    /** Characters of an address. Source: Coupang WING API, seller-products, images[].vendorPath. */
    private static final int LONGEST = 200;

    /** Where it fetches from; -1 is that of the scheme. Source: the same. */
    private static final Set<Integer> PORTS = Set.of(-1, 80, 443);

    @Override
    public boolean needsNoFile(int place, String url, String contentHash) {
        return true;
    }

    @Override
    public Slot of(int place, String url, Sighting picture) {
        rule.refuse(picture.header(), picture.bytes());
        return Slot.asItIs(place, url, picture.contentHash(), address(url));
    }

    /** As we fetched it: with a scheme, and its spaces and Korean letters escaped. */
    private String address(String url) {
        URI address = read(url);
        String text = address.toString();
        if (text.length() > LONGEST) {
            throw refused("its address has " + text.length() + " characters; the market takes " + LONGEST
                    + "; give it a shorter one");
        }
        if (!ownNetwork && !PORTS.contains(address.getPort())) {
            throw refused("its address has port " + address.getPort()
                    + "; the market fetches from ports 80 and 443 only; offer it there");
        }
        return text;
    }

    private static URI read(String url) {
        try {
            return OpenFiles.address(url);
        } catch (FileRefusedException e) {
            throw refused(e.getMessage() + "; give it another address");
        }
    }

    private static ImageRefusedException refused(String why) {
        return new ImageRefusedException(ImageProblem.UNREACHABLE, why);
    }
}
