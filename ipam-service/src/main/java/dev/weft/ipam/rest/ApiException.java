package dev.weft.ipam.rest;

/** Why a request is not answered as asked. */
abstract sealed class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ApiException(String message) {
        super(message, null, false, false);
    }

    /** There is no such thing. */
    static final class NotFound extends ApiException {
        private static final long serialVersionUID = 1L;

        NotFound(String message) {
            super(message);
        }
    }

    /** A parameter cannot be used. */
    static final class BadParameter extends ApiException {
        private static final long serialVersionUID = 1L;
        private final String parameter;

        BadParameter(String parameter, String message) {
            super(parameter + ": " + message);
            this.parameter = parameter;
        }

        String parameter() {
            return parameter;
        }
    }

    /** This instance is not the active one, or not yet. */
    static final class NotActive extends ApiException {
        private static final long serialVersionUID = 1L;

        NotActive(String phase) {
            super("this instance is not active: " + phase);
        }
    }
}
