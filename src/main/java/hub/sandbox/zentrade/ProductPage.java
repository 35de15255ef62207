package hub.sandbox.zentrade;

import hub.sandbox.Goods;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** {@code product_api.php}: the whole catalogue, or what its parameters leave of it, on one page. */
record ProductPage(SandboxOptions options, SandboxClock clock, Catalogue catalogue) {

    private static final int SEVENTH = 7;

    byte[] answer(Parameters parameters, Set<String> faults) {
        Page page = new Page(Page.PRODUCTS, clock.now());
        boolean half = faults.contains("half-catalogue") || faults.contains("half-page");
        Predicate<Product> wanted = wanted(parameters);
        String code = parameters.text("goodsno");
        if (!code.isEmpty()) {
            catalogue.find(code).filter(wanted).ifPresent(product -> write(page, product, faults));
        } else if (!faults.contains("empty-catalogue")) {
            for (int number = 0; number < catalogue.size(); number += half ? 2 : 1) {
                Product product = catalogue.product(number);
                if (wanted.test(product) && !(faults.contains("shrink") && number % SEVENTH == 0)) {
                    write(page, product, faults);
                }
                if (wanted.test(product) && faults.contains("duplicate-page")) {
                    write(page, product, faults);
                }
            }
        }
        return page.finish();
    }

    /** An opening range with one end missing or not a day leaves everything in. */
    private static Predicate<Product> wanted(Parameters parameters) {
        String runout = parameters.text("runout");
        Predicate<Product> sale = product -> switch (runout) {
            case "1" -> product.soldOut();
            case "0" -> !product.soldOut();
            default -> true;
        };
        try {
            LocalDate from = LocalDate.parse(parameters.text("opendate_s"));
            LocalDate to = LocalDate.parse(parameters.text("opendate_e"));
            return sale.and(product ->
                    !product.opened().isBefore(from) && !product.opened().isAfter(to));
        } catch (DateTimeParseException e) {
            return sale;
        }
    }

    private void write(Page page, Product product, Set<String> faults) {
        String buyprice = faults.contains("renamed-field") ? "supplyprice" : "buyprice";
        Goods goods = product.goods();
        page.raw("  <product").attribute("code", Long.toString(product.code())).raw(">\n");
        writeCategory(page, goods);
        page.cdata("    ", "prdtname", goods.name());
        page.raw("    <baseinfo")
                .attribute("madein", goods.origin())
                .attribute("productcom", goods.maker())
                .attribute("brand", "")
                .attribute("model", goods.number() % 4 == 0 ? "" : "ZT-" + product.code())
                .raw(" />\n");
        page.raw("    <price")
                .attribute(buyprice, won(product.won(), faults))
                .attribute("consumerprice", Long.toString(product.consumerWon()))
                .attribute("taxmode", goods.taxFree() ? "N" : "Y")
                .raw(" />\n");
        String image = options.imageUrl("zentrade", product.code());
        page.raw("    <listimg").attribute("url1", image);
        for (int url = 2; url <= 5; url++) {
            page.attribute("url" + url, "");
        }
        page.raw(" />\n");
        writeOptions(page, product, faults);
        page.cdata("    ", "content", "<p><img src=\"" + image + "\"></p>");
        page.cdata("    ", "keyword", keywords(goods));
        page.raw("    <status")
                .attribute("runout", product.soldOut() ? "1" : "0")
                .attribute("opendate", product.opened().toString())
                .raw(" />\n  </product>\n");
    }

    private static void writeCategory(Page page, Goods goods) {
        int number = Math.floorMod(goods.category().hashCode(), 89) + 11;
        boolean coded = goods.number() % 5 > 0;
        page.raw("    <dome_category")
                .attribute("dome_catecode", String.format(Locale.ROOT, "%03d", number))
                .raw(">")
                .cdata(goods.category())
                .raw("</dome_category>\n");
        page.raw("    <scategory")
                .attribute("emp_catecode", coded ? "1812" + (1000 + number) : "")
                .attribute("esellers_catecode", coded ? "1744" + (1000 + number) : "")
                .attribute("classcode", "35")
                .raw(" />\n");
    }

    private void writeOptions(Page page, Product product, Set<String> faults) {
        List<Goods.Option> choices = product.goods().options();
        String name = choices.isEmpty() ? "" : choices.get(0).name();
        page.raw("    <option")
                .attribute("opt1nm", name)
                .attribute("opt2nm", "")
                .raw(">");
        String image = options.imageUrl("zentrade", product.code());
        String values = choices.stream()
                .map(choice ->
                        choice.value() + "^|^" + won(product.won() + choice.extraWon(), faults) + "^|^0^|^" + image)
                .collect(Collectors.joining("↑=↑\n            "));
        page.cdata(values).raw("</option>\n");
    }

    private static String won(long won, Set<String> faults) {
        long shown = faults.contains("price-jump") ? won * 3 : won;
        return faults.contains("price-zero") ? "0" : Long.toString(shown);
    }

    private static String keywords(Goods goods) {
        return goods.number() % 7 == 0 ? "" : goods.name().replace(' ', ',');
    }
}
