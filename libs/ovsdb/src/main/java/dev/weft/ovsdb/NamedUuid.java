package dev.weft.ovsdb;

import java.util.regex.Pattern;

/**
 * A name that stands, inside one transaction, for the UUID of a row that the same transaction
 * inserts (RFC 7047 section 5.1, {@code <named-uuid>}).
 *
 * @param name an {@code <id>}: a letter or underscore, then letters, digits and underscores
 */
public record NamedUuid(String name) {
    private static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    public NamedUuid {
        requireId("named UUID", name);
    }

    /**
     * Checks an RFC 7047 {@code <id>} (section 3.1) before the server refuses it with a vaguer
     * message.
     */
    static String requireId(String what, String text) {
        if (!ID.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "%s '%s' must be a letter or '_' followed by letters, digits and '_'"
                            .formatted(what, text));
        }
        return text;
    }
}
