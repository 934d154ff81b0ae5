package dev.weft.relay.api;

import dev.weft.bus.rest.ProblemAnswers;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The relay's exceptions as problem details. */
class Problems {

    private static final ProblemAnswers RELAY = new ProblemAnswers("relay");

    @ServerExceptionMapper
    Response noSuchFeed(NoSuchFeed e, UriInfo here) {
        return RELAY.answer(
                RELAY.problem("no-such-feed", "Feed does not exist", 404, e.getMessage()), here);
    }

    @ServerExceptionMapper
    Response notListedYet(NotListedYet e, UriInfo here) {
        return RELAY.answer(
                RELAY.problem("not-listed-yet", "Feed is not complete yet", 503, e.getMessage()),
                here);
    }

    @ServerExceptionMapper
    Response framework(WebApplicationException e, UriInfo here) {
        return RELAY.framework(e, here);
    }
}
