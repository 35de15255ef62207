package hub.listing;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns a supplier's product name into a market's title. */
final class Titles {

    private static final Pattern BLANK = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Z}]+");

    /** What is left of "[무료배송]". */
    private static final Pattern BRACKETS = Pattern.compile("[\\[\\](){}<>【】]+");

    private final List<String> banned;

    Titles(List<String> banned) {
        this.banned = banned;
    }

    /**
     * Without control characters, banned words and repeated words, blanks collapsed, cut between two words.
     *
     * @return at most {@code length} characters; empty when nothing is left
     */
    String clean(String name, int length) {
        String text = BLANK.matcher(name).replaceAll(" ");
        for (String word : banned) {
            text = text.replace(word, " ");
        }
        Set<String> words = new LinkedHashSet<>(Arrays.asList(text.strip().split(" +")));
        words.removeIf(word -> BRACKETS.matcher(word).matches());
        StringBuilder title = new StringBuilder();
        for (String word : words) {
            int needed = word.length() + (title.isEmpty() ? 0 : 1);
            if (title.length() + needed > length) {
                break;
            }
            title.append(title.isEmpty() ? "" : " ").append(word);
        }
        return title.isEmpty() && !words.isEmpty() ? cut(words.iterator().next(), length) : title.toString();
    }

    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        // Half a character outside the basic plane is not text.
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end);
    }
}
