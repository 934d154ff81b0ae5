package dev.weft.vpc.rest;

/** A request that cannot be answered as it was meant; becomes a problem (RFC 9457). */
abstract sealed class VpcException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    VpcException(String message) {
        super(message);
    }

    /** Nothing is known of the object, neither in Kubernetes nor in OVN. */
    static final class NoSuchObject extends VpcException {
        private static final long serialVersionUID = 1L;

        NoSuchObject(String kind, String name) {
            super("no %s named %s is known".formatted(kind, name));
        }
    }

    /** This service does nothing for objects of the kind. */
    static final class UnknownKind extends VpcException {
        private static final long serialVersionUID = 1L;

        UnknownKind(String kind, String allowed) {
            super("kind \"%s\": must be one of %s".formatted(kind, allowed));
        }
    }

    /** The body is not a manifest. */
    static final class NotAManifest extends VpcException {
        private static final long serialVersionUID = 1L;

        NotAManifest(String why) {
            super(why);
        }
    }
}
