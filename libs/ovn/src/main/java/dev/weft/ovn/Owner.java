package dev.weft.ovn;

import java.util.regex.Pattern;

/**
 * Who a row belongs to: a service and the object that it serves, e.g. {@code
 * vpc/Subnet/ovn-default} or {@code vpc/Pod/shop/web-0}. Stamped into the row as {@code
 * external_ids:weft-owner}.
 *
 * @param service the service that states the owner's rows, e.g. {@code vpc}
 * @param kind the kind of the object, e.g. {@code Pod}
 * @param name the object's name; may contain {@code /}, as in {@code namespace/name}
 */
public record Owner(String service, String kind, String name) implements Comparable<Owner> {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9._-]+");
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}\\s/]+(/[^\\p{Cntrl}\\s/]+)*");

    public Owner {
        require(WORD, "service", service, "letters, digits, '.', '_' and '-'");
        require(WORD, "kind", kind, "letters, digits, '.', '_' and '-'");
        require(NAME, "name", name, "words without blanks, separated by '/'");
    }

    /**
     * Reads what {@link #toString} prints.
     *
     * @throws IllegalArgumentException when the text is not {@code service/kind/name}
     */
    public static Owner parse(String text) {
        String[] parts = text.split("/", 3);
        if (parts.length < 3) {
            throw new IllegalArgumentException(
                    "owner '%s' must be <service>/<kind>/<name>".formatted(text));
        }
        return new Owner(parts[0], parts[1], parts[2]);
    }

    private static void require(Pattern pattern, String part, String text, String allowed) {
        if (!pattern.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "owner's %s '%s' must be %s".formatted(part, text, allowed));
        }
    }

    @Override
    public int compareTo(Owner other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return service + "/" + kind + "/" + name;
    }
}
