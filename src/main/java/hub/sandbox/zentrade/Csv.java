package hub.sandbox.zentrade;

import java.util.ArrayList;
import java.util.List;

/** Records of a CSV text by RFC 4180: quoted fields may hold commas, line breaks and doubled quotes. */
final class Csv {

    private final String text;
    private int at;

    private Csv(String text) {
        this.text = text;
    }

    /** A byte order mark and empty lines are skipped. */
    static List<List<String>> records(String text) {
        Csv csv = new Csv(text.startsWith("\uFEFF") ? text.substring(1) : text);
        List<List<String>> records = new ArrayList<>();
        while (csv.at < csv.text.length()) {
            List<String> fields = csv.fields();
            if (fields.size() > 1 || !fields.get(0).isEmpty()) {
                records.add(fields);
            }
        }
        return records;
    }

    private List<String> fields() {
        List<String> fields = new ArrayList<>();
        fields.add(field());
        while (at < text.length() && text.charAt(at) == ',') {
            at++;
            fields.add(field());
        }
        skip('\r');
        skip('\n');
        return fields;
    }

    private String field() {
        StringBuilder field = new StringBuilder();
        if (skip('"')) {
            quoted(field);
        }
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            field.append(text.charAt(at++));
        }
        return field.toString();
    }

    private void quoted(StringBuilder field) {
        while (at < text.length()) {
            if (!skip('"')) {
                field.append(text.charAt(at++));
            } else if (skip('"')) {
                field.append('"');
            } else {
                return;
            }
        }
    }

    private boolean skip(char expected) {
        boolean there = at < text.length() && text.charAt(at) == expected;
        if (there) {
            at++;
        }
        return there;
    }
}
