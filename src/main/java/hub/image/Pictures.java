package hub.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.partner.Attachments;
import hub.partner.OpenFiles;
import hub.partner.Partners;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.util.unit.DataSize;

/**
 * The pictures of products on their way to a market: fetched, made fit, uploaded once for each account, the bad ones
 * left out and named.
 *
 * <p>Verbs of a route take and give a call result {@code {item, outcome, reason}}, see {@link UploadPlan} for its item.
 * Nothing of Java's image readers is loaded before the first picture. Thread-safe.
 */
@Component
public class Pictures implements Attachments, DisposableBean {

    private static final int CONNECTIONS = 4;

    private final Partners partners;
    private final ImageOptions options;
    private final PictureFolder folder;
    private final PictureLedger ledger;
    private final LeftOutPictures leftOut;
    private final ImageBook book;
    private final OpenFiles files;
    private final Workbench bench;
    private final Parts parts;

    /** What a gathering works with. */
    record Parts(
            PictureLedger ledger,
            PictureFolder folder,
            OpenFiles files,
            SlowServers slow,
            Conversions conversions,
            ImageBook book,
            ImageOptions options) {}

    Pictures(Partners partners, JdbcClient database, ImageOptions options, Clock clock, MeterRegistry meters) {
        this.partners = partners;
        this.options = options;
        this.folder = new PictureFolder(options, clock);
        this.ledger = new PictureLedger(database);
        this.leftOut = new LeftOutPictures(database);
        this.book = new ImageBook(database, meters);
        this.files = new OpenFiles(DataSize.ofBytes(PictureHeader.MAX_BYTES), options.fetchWithin(), CONNECTIONS);
        this.bench = new Workbench(options.workers());
        this.parts = new Parts(
                ledger, folder, files, new SlowServers(), new Conversions(folder, bench, book), book, options);
    }

    /**
     * Gets the pictures of a creation ready: its item then says which have to be uploaded, and where the others are.
     *
     * @return {@code ok}; {@code retry} while one cannot be fetched that may be later; {@code final} when none can be
     *     used
     */
    public JsonNode prepare(JsonNode task) {
        ImageRule rule = options.rule(task.path("market").asText());
        Gathering gathering = new Gathering(parts, use(task, rule), ownNetwork(task));
        UploadPlan plan = new UploadPlan(task, leftOut, book, options);
        List<Slot> slots = new ArrayList<>();
        int place = 0;
        for (String url : urls(task, rule)) {
            slots.add(gathering.look(place++, url));
        }
        JsonNode result = plan.of(slots);
        book.write();
        return result;
    }

    /** Takes in what the market said to an upload; what it refuses together is tried one by one. */
    public JsonNode hosted(JsonNode call) {
        JsonNode task = call.path("item");
        JsonNode result = new UploadPlan(task, leftOut, book, options)
                .answered(call, (key, url) -> ledger.host(shelf(task), key, url));
        book.write();
        return result;
    }

    /** The market does not know pictures any more that it was given: they are uploaded anew at the next try. */
    public JsonNode lost(JsonNode call) {
        JsonNode task = call.path("item");
        return UploadPlan.lost(call, urls -> ledger.lost(shelf(task), urls));
    }

    /**
     * Looks again at pictures that were left out a while ago (hub.image.keep).
     *
     * @return those that can be used by now, {@code [{market, account, supplier, sku, place, url}, …]}; they stay named
     *     until {@link #healed}, so that a process that dies before their listings are asked for again forgets none
     */
    public JsonNode lookAgain(int atMost) {
        ArrayNode healed = JsonNodeFactory.instance.arrayNode();
        for (LeftOut picture : leftOut.due(options.keep(), atMost)) {
            ObjectNode listing = healed.objectNode()
                    .put("market", picture.market())
                    .put("account", picture.account())
                    .put("supplier", picture.supplier())
                    .put("sku", picture.sku())
                    .put("place", picture.place())
                    .put("url", picture.url());
            if (usable(picture, listing)) {
                healed.add(listing);
            }
        }
        book.write();
        return healed;
    }

    /** Their listings are asked for again: the pictures are not named any more. */
    public void healed(JsonNode pictures) {
        leftOut.healed(pictures);
    }

    private boolean usable(LeftOut picture, JsonNode listing) {
        ImageRule rule = options.markets().get(picture.market());
        if (rule == null || !partners.has(picture.market())) {
            return false;
        }
        Gathering gathering = new Gathering(parts, use(listing, rule), ownNetwork(listing));
        return UploadPlan.settled(gathering.look(picture.place(), picture.url()))
                        .problem()
                == null;
    }

    /** Takes away what is too old, in the folder and in the tables. */
    public void tidy() {
        folder.sweep();
        leftOut.forgetReplaced();
        ledger.forget(options.forget());
    }

    @Override
    public Path file(String key) throws IOException {
        return folder.file(key);
    }

    public List<ImageDay> days(int atMost) {
        return book.days(atMost);
    }

    /** The newest first. */
    public List<LeftOut> leftOut(int atMost) {
        return leftOut.newest(atMost);
    }

    /**
     * The pictures of simulated suppliers lie on this machine, and go to a simulated market. A real supplier names no
     * address of our network, whatever the market: partners are made real one by one.
     */
    private boolean ownNetwork(JsonNode task) {
        return isSimulated(task.path("market").asText())
                && isSimulated(task.path("supplier").asText());
    }

    private boolean isSimulated(String partner) {
        return partners.has(partner) && partners.get(partner).settings().simulated();
    }

    private Use use(JsonNode task, ImageRule rule) {
        return rule.asIs()
                ? new Screening(rule, ownNetwork(task))
                : new Rehosting(ledger, folder, parts.conversions(), rule, shelf(task));
    }

    private static Shelf shelf(JsonNode task) {
        return new Shelf(task.path("market").asText(), task.path("account").asText());
    }

    private static Set<String> urls(JsonNode task, ImageRule rule) {
        Set<String> urls = new LinkedHashSet<>();
        for (JsonNode url : task.path("product").path("images")) {
            if (urls.size() < rule.pictures()) {
                urls.add(url.asText());
            }
        }
        return urls;
    }

    @Override
    public void destroy() throws IOException {
        bench.close();
        files.close();
    }
}
