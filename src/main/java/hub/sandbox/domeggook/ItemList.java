package hub.sandbox.domeggook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.SandboxOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** {@code getItemList} 4.1: a page of the goods on sale. */
record ItemList(SandboxOptions options, Catalogue catalogue) {

    ObjectNode answer(Parameters parameters, Set<String> faults) {
        Search search = Search.of(parameters);
        String order = parameters.text("so");
        boolean half = faults.contains("half-catalogue");
        int found = faults.contains("empty-catalogue") ? 0 : catalogue.count(search);
        Page page = new Page(
                half ? found / 2 : found,
                parameters.number("pg", 1, 1, Integer.MAX_VALUE),
                parameters.number("sz", 20, 1, 200));
        int[] positions = page.positions();
        List<Ware> wares = catalogue.at(search, order, half ? doubled(positions) : positions);
        if (faults.contains("half-page")) {
            wares = everySecond(wares);
        }
        ObjectNode list = Loose.object();
        Loose loose = new Loose(options.seed(), page.number() * 1009L + page.total());
        ObjectNode header = header(page, order, loose);
        list.set(
                "item",
                loose.list(wares.stream()
                        .map(ware -> item(ware, search.supply(), faults))
                        .toList()));
        ObjectNode answer = Loose.object();
        answer.set("header", header);
        answer.set("list", wares.isEmpty() ? Loose.text("") : list);
        return answer;
    }

    private static ObjectNode header(Page page, String order, Loose loose) {
        int[] positions = page.positions();
        ObjectNode header = Loose.object();
        header.set("numberOfItems", loose.number(page.total()));
        header.set("firstItem", loose.number(positions.length == 0 ? 0 : positions[0] + 1));
        header.set("lastItem", loose.number(positions.length == 0 ? 0 : positions[positions.length - 1] + 1));
        header.set("currentPage", loose.number(page.number()));
        header.set("itemsPerPage", loose.number(page.size()));
        header.set("numberOfPages", loose.number(page.pages()));
        return header.put("sort", order.isEmpty() ? "rd" : order);
    }

    private ObjectNode item(Ware ware, boolean supply, Set<String> faults) {
        Loose loose = new Loose(options.seed(), ware.no());
        Ware.Traits traits = ware.traits();
        ObjectNode item = Loose.object();
        item.set("no", loose.number(ware.no()));
        item.put("title", ware.goods().name())
                .put("thumb", options.imageUrl("domeggook", ware.no()))
                .put("url", "http://domeggook.com/" + ware.no())
                .put("id", ware.sellerId())
                .put("nick", ware.sellerNick());
        long won = faults.contains("price-zero") ? 0 : ware.wonFor(1, supply);
        item.set(faults.contains("renamed-field") ? "itemPrice" : "price", loose.number(won));
        item.set("unitQty", loose.number(traits.unit()));
        item.set("comOnly", loose.flag(false));
        item.set("adultOnly", loose.flag(false));
        item.put("lwp", "0").put("idxCOM", Integer.toString(traits.draw()));
        ObjectNode delivery = item.putObject("deli").put("who", traits.who());
        delivery.set("fee", loose.number(traits.feeWon()));
        delivery.set("fromOversea", loose.flag(false));
        ObjectNode market = item.putObject("market");
        market.set("domeggook", loose.flag(traits.dome()));
        market.set("supply", loose.flag(true));
        return item;
    }

    private static int[] doubled(int[] positions) {
        return Arrays.stream(positions).map(position -> 2 * position).toArray();
    }

    private static List<Ware> everySecond(List<Ware> wares) {
        return IntStream.range(0, wares.size() / 2)
                .mapToObj(index -> wares.get(2 * index))
                .toList();
    }
}
