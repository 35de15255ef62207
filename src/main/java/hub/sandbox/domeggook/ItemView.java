package hub.sandbox.domeggook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.SandboxOptions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** {@code getItemView} 4.5: one item, on sale or not. */
record ItemView(SandboxOptions options, Catalogue catalogue) {

    /** @throws RefusedException when there is no such item */
    ObjectNode answer(Parameters parameters, Set<String> faults) {
        Ware ware = catalogue
                .find(parameters.text("no"))
                .orElseThrow(() -> new RefusedException("NOT_FOUND", "존재하지 않는 상품입니다."));
        Loose loose = new Loose(options.seed(), -ware.no());
        ObjectNode item = Loose.object();
        item.set("basis", basis(ware, loose));
        item.set(faults.contains("renamed-field") ? "itemPrice" : "price", price(ware, loose, faults));
        item.set("qty", quantity(ware, loose));
        item.set("deli", delivery(ware, loose));
        item.set("thumb", thumbnails(ware));
        item.set("desc", description(ware, loose));
        item.put("selectOpt", new Options(ware).selectOpt());
        item.set("seller", seller(ware));
        item.set("detail", detail(ware, loose));
        item.set("category", category(ware, loose));
        item.set("return", returns(ware, loose));
        ObjectNode channel = item.putObject("channel");
        channel.set("dome", loose.flag(ware.traits().dome()));
        channel.set("supply", loose.flag(true));
        return item;
    }

    private static ObjectNode basis(Ware ware, Loose loose) {
        ObjectNode basis = Loose.object();
        basis.set("no", loose.number(ware.no()));
        basis.put("status", ware.status()).put("title", ware.goods().name());
        basis.set("keywords", keywords(ware, loose));
        int month = ware.traits().draw() % 12 + 1;
        String start = String.format(Locale.ROOT, "2026-%02d-01", month);
        basis.put("section", "일반").put("nego", "disable");
        basis.set("adult", loose.flag(false));
        return basis.put("dateStart", start + " 00:00:00")
                .put("dateEnd", start.replace("2026", "2036") + " 00:00:00")
                .put("dateReg", start + " 10:00:00")
                .put("tax", ware.goods().taxFree() ? "면세상품" : "과세상품");
    }

    private static JsonNode keywords(Ware ware, Loose loose) {
        String[] words = ware.goods().name().split(" ", -1);
        int wanted = Math.min(ware.traits().draw() % 3, words.length);
        ObjectNode keywords = Loose.object();
        keywords.set(
                "kw",
                loose.list(Arrays.stream(words).limit(wanted).map(Loose::text).toList()));
        return wanted == 0 ? Loose.text("") : keywords;
    }

    private static ObjectNode price(Ware ware, Loose loose, Set<String> faults) {
        Ware shown = faults.contains("price-zero") ? ware.withWon(0) : ware;
        ObjectNode price = Loose.object();
        JsonNode dome = price(shown, false, loose);
        if (ware.traits().dome()) {
            price.set("dome", dome);
        }
        price.set("supply", price(shown, true, loose));
        return price;
    }

    private static JsonNode price(Ware ware, boolean supply, Loose loose) {
        return ware.tiers(supply)
                ? Loose.text("1+" + ware.won() + "|" + Ware.TIER_FROM + "+" + ware.tierWon())
                : loose.number(ware.won());
    }

    private static ObjectNode quantity(Ware ware, Loose loose) {
        ObjectNode quantity = Loose.object();
        quantity.set("inventory", loose.number(ware.inventory()));
        quantity.set("domeMoq", loose.number(ware.traits().unit()));
        quantity.set("domeUnit", loose.number(ware.traits().unit()));
        return quantity;
    }

    private static ObjectNode delivery(Ware ware, Loose loose) {
        ObjectNode delivery =
                Loose.object().put("method", "택배").put("pay", pay(ware.traits().who()));
        delivery.set("dome", fee(ware, loose));
        delivery.set("supply", fee(ware, loose));
        delivery.set("wating", loose.number(2));
        delivery.set("periodDeli", loose.number(2));
        delivery.put("sendAvg", "1.3");
        delivery.set("fastDeli", loose.flag(false));
        delivery.putObject("merge").set("enable", loose.flag(true));
        ObjectNode extra = Loose.object();
        extra.set("jeju", loose.number(5000));
        extra.set("islands", loose.number(6000));
        delivery.set("feeExtra", loose.sometimesMissing(4, extra));
        delivery.set("fromOversea", loose.flag(false));
        delivery.set("reqCcno", loose.flag(false));
        return delivery;
    }

    private static String pay(String who) {
        return switch (who) {
            case "S" -> "무료배송";
            case "C" -> "착불";
            default -> "선결제";
        };
    }

    private static ObjectNode fee(Ware ware, Loose loose) {
        ObjectNode fee = Loose.object().put("type", "고정배송비");
        fee.set("fee", loose.number(ware.traits().feeWon()));
        return fee;
    }

    private ObjectNode thumbnails(Ware ware) {
        String url = options.imageUrl("domeggook", ware.no());
        return Loose.object().put("small", url).put("large", url).put("original", url);
    }

    private ObjectNode description(Ware ware, Loose loose) {
        boolean licensed = ware.traits().licensed();
        ObjectNode description = Loose.object();
        ObjectNode licence = description.putObject("license");
        licence.set("usable", loose.flag(licensed));
        licence.put("msg", licensed ? "상품상세설명 이미지 사용을 허용함" : "상품상세설명 이미지 사용을 허용하지 않음");
        description
                .putObject("contents")
                .put("item", "<div><img src='" + options.imageUrl("domeggook", ware.no()) + "'></div>")
                .put("deli", "")
                .put("event", "");
        return description;
    }

    private static ObjectNode seller(Ware ware) {
        ObjectNode seller = Loose.object().put("id", ware.sellerId()).put("nick", ware.sellerNick());
        seller.putObject("company").put("name", "(주)" + ware.goods().maker()).put("cno", "000-00-00000");
        return seller;
    }

    private static ObjectNode detail(Ware ware, Loose loose) {
        ObjectNode detail = Loose.object()
                .put("country", ware.goods().origin())
                .put("manufacturer", ware.goods().maker())
                .put("model", "DG-" + ware.no())
                .put("safetyCert", "");
        ObjectNode line =
                Loose.object().put("type", "1").put("name", "품명 및 모델명").put("desc", "DG-" + ware.no());
        ObjectNode duty = Loose.object().put("type", "기타 재화");
        duty.set("item", loose.list(List.of(line)));
        detail.set("infoDuty", loose.sometimesMissing(5, duty));
        return detail;
    }

    private static ObjectNode category(Ware ware, Loose loose) {
        String name = ware.goods().category();
        ObjectNode top = Loose.object().put("name", Categories.topName(name)).put("code", Categories.topCode(name));
        top.set("depth", loose.number(1));
        ObjectNode category = Loose.object();
        category.putObject("parents").putArray("elem").add(top);
        ObjectNode current = category.putObject("current");
        current.put("name", Categories.name(name)).put("code", Categories.code(name));
        current.set("depth", loose.number(2));
        return category;
    }

    private static ObjectNode returns(Ware ware, Loose loose) {
        ObjectNode returns = Loose.object().put("addr", "경기도 가상시");
        returns.set("deliAmt", loose.number(ware.traits().feeWon()));
        returns.set("deliAmtDouble", loose.flag(false));
        return returns;
    }
}
