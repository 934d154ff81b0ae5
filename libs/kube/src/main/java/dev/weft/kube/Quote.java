package dev.weft.kube;

/** Makes text of strangers fit for a message: short, on one line, without control characters. */
final class Quote {

    private static final int LONGEST = 120;

    private Quote() {}

    static String shorten(String text) {
        var plain = new StringBuilder();
        text.codePoints()
                .limit(LONGEST)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .forEach(plain::appendCodePoint);
        return text.codePointCount(0, text.length()) > LONGEST ? plain + "…" : plain.toString();
    }
}
