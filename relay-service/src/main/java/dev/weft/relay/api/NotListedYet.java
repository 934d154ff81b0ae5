package dev.weft.relay.api;

/**
 * The feed's kind was not listed yet: the API server does not answer, or the CRD is not installed.
 */
final class NotListedYet extends RuntimeException {
    NotListedYet(String feed) {
        super(
                "the objects of '%s' were not listed yet: is the API server up and the CRD installed?"
                        .formatted(feed));
    }
}
