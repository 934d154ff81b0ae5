package dev.weft.kube;

/**
 * An annotation that cannot be understood.
 *
 * @param key its full name, such as {@code ovn.kubernetes.io/ip_address}
 * @param value what it says, shortened
 * @param allowed what it may say
 */
public record AnnotationError(String key, String value, String allowed) {

    public AnnotationError {
        value = Quote.shorten(value);
    }

    /**
     * {@code annotation ovn.kubernetes.io/mac_address "zz": must be a MAC address such as
     * 0a:00:00:00:00:01}.
     */
    @Override
    public String toString() {
        return "annotation %s \"%s\": must be %s".formatted(key, value, allowed);
    }
}
