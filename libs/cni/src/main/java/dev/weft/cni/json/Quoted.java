package dev.weft.cni.json;

/**
 * Shows a value from outside in a message: quoted, cut to a readable length, with nothing that
 * could forge a log line.
 */
public final class Quoted {

    private static final int MAX_LENGTH = 80;

    private Quoted() {}

    /**
     * The value in single quotes; control characters and others that do not print become {@code ?}.
     */
    public static String of(String value) {
        var shown = new StringBuilder("'");
        for (int i = 0; i < value.length() && i < MAX_LENGTH; i++) {
            char c = value.charAt(i);
            shown.append(
                    Character.isISOControl(c) || !Character.isDefined(c) || Character.isSurrogate(c)
                            ? '?'
                            : c);
        }
        return shown.append(value.length() > MAX_LENGTH ? "…'" : "'").toString();
    }
}
