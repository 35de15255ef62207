package hub.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentences that a Java file puts together, each with a number of its own where the code puts something in. What is
 * logged, and what annotations and text blocks hold, is none.
 */
final class WrittenTexts {

    private static final Pattern TEXT_BLOCK_OR_COMMENT =
            Pattern.compile("\"\"\"[\\s\\S]*?\"\"\"|/\\*[\\s\\S]*?\\*/|(?m)(?<=\\s)//.*$");
    private static final Pattern TOKEN =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'|[\\w.@]+|->|\\S");
    private static final Pattern WORDS = Pattern.compile(".*[a-z]{2}.*", Pattern.DOTALL);
    private static final List<String> ENDS = List.of(",", "?", ":", "=", "->", "return", "throw", "<", ">", "&", "|");
    private static final int FIRST_NUMBER = 7001;

    private final UnaryOperator<String> samples;
    private final List<String> texts = new ArrayList<>();

    private WrittenTexts(UnaryOperator<String> samples) {
        this.samples = samples;
    }

    /**
     * Reads a file.
     *
     * @param samples what stands for an expression such as {@code meaning.where()}; empty: a number
     */
    static List<String> of(Path source, UnaryOperator<String> samples) throws IOException {
        WrittenTexts written = new WrittenTexts(samples);
        Matcher tokens = TOKEN.matcher(
                TEXT_BLOCK_OR_COMMENT.matcher(Files.readString(source)).replaceAll(" textBlock "));
        List<String> statement = new ArrayList<>();
        while (tokens.find()) {
            if (List.of(";", "{", "}").contains(tokens.group())) {
                written.statement(statement);
                statement.clear();
            } else {
                statement.add(tokens.group());
            }
        }
        return written.texts;
    }

    private void statement(List<String> tokens) {
        boolean none = tokens.stream().anyMatch(token -> token.startsWith("LOG") || token.startsWith("@"));
        if (!none) {
            expressions(tokens);
        }
    }

    /** Cuts what is joined by plus signs out of a statement; what stands in brackets is looked at on its own. */
    private void expressions(List<String> tokens) {
        List<String> joined = new ArrayList<>();
        StringBuilder operand = new StringBuilder();
        for (int at = 0; at < tokens.size(); at++) {
            String token = tokens.get(at);
            if (token.equals("(") || token.equals("[")) {
                int end = closing(tokens, at);
                expressions(tokens.subList(at + 1, end));
                operand.append("()");
                at = end;
            } else if (token.equals("+") || ENDS.contains(token)) {
                joined.add(operand.toString());
                operand.setLength(0);
                if (!token.equals("+")) {
                    write(joined);
                    joined.clear();
                }
            } else {
                operand.append(token);
            }
        }
        joined.add(operand.toString());
        write(joined);
    }

    private static int closing(List<String> tokens, int opening) {
        int depth = 0;
        for (int at = opening; at < tokens.size(); at++) {
            depth += "([".contains(tokens.get(at)) ? 1 : ")]".contains(tokens.get(at)) ? -1 : 0;
            if (depth == 0) {
                return at;
            }
        }
        return tokens.size();
    }

    private void write(List<String> operands) {
        boolean isText = operands.stream()
                .anyMatch(o -> o.startsWith("\"")
                        && o.contains(" ")
                        && WORDS.matcher(o).matches());
        if (!isText) {
            return;
        }
        StringBuilder text = new StringBuilder();
        int number = FIRST_NUMBER;
        for (String operand : operands) {
            String sample = operand.startsWith("\"") ? literal(operand) : samples.apply(operand);
            text.append(sample.isEmpty() ? String.valueOf(number++) : sample);
        }
        String written = text.toString().replace("%1$s", String.valueOf(FIRST_NUMBER));
        while (written.contains("%s")) {
            written = written.replaceFirst("%s", String.valueOf(number++));
        }
        texts.add(written);
    }

    private static String literal(String token) {
        String text = token.substring(1, token.length() - 1).translateEscapes();
        return text.isEmpty() ? " " : text;
    }
}
