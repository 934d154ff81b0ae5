package dev.weft.kube;

/** What became of a subnet's spec. */
public sealed interface SubnetResolution {

    /** It may be acted upon. */
    record Valid(ResolvedSubnet subnet) implements SubnetResolution {}

    /**
     * It may not.
     *
     * @param field the field at fault, as the manifest names it, such as {@code gateway} or {@code
     *     acls[2].action}
     * @param value what it says, shortened
     * @param message what is allowed
     */
    record Invalid(String field, String value, String message) implements SubnetResolution {

        public Invalid {
            value = Quote.shorten(value);
        }

        /** {@code spec.gateway "10.9.0.1": must be inside 10.16.0.0/16}. */
        @Override
        public String toString() {
            return "spec.%s \"%s\": %s".formatted(field, value, message);
        }
    }
}
