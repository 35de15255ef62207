package hub.mapping;

/** White space of every script; by hand, for a pattern took longer over a name than all else that is mapped of it. */
final class Spaces {

    /** The ideographic space is the last of them: Korean syllables need not be looked up. */
    private static final char LAST = '\u3000';

    private Spaces() {}

    /** The text without white space at its ends and with one space wherever there was some. */
    static String squeezed(String text) {
        StringBuilder squeezed = new StringBuilder(text.length());
        boolean behindSpace = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean space = isSpace(c);
            if (!space || !behindSpace) {
                squeezed.append(space ? ' ' : c);
            }
            behindSpace = space;
        }
        return squeezed.toString().strip();
    }

    private static boolean isSpace(char c) {
        return c < 0x80 ? c == ' ' || (c >= '\t' && c <= '\r') : c <= LAST && Character.isSpaceChar(c);
    }
}
