package dev.weft.relay.api;

import dev.weft.bus.Problem;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The relay's exceptions as problem details. */
class Problems {

    @ServerExceptionMapper
    Response noSuchFeed(NoSuchFeed e, UriInfo here) {
        return answer(
                Problem.of("relay", "no-such-feed", "Feed does not exist", 404, e.getMessage()),
                here);
    }

    @ServerExceptionMapper
    Response notListedYet(NotListedYet e, UriInfo here) {
        return answer(
                Problem.of(
                        "relay", "not-listed-yet", "Feed is not complete yet", 503, e.getMessage()),
                here);
    }

    private static Response answer(Problem problem, UriInfo here) {
        var response =
                Response.status(problem.status())
                        .type(Problem.MEDIA_TYPE)
                        .entity(problem.at(here.getRequestUri()));
        if (problem.status() == 503) response.header("Retry-After", 1);
        return response.build();
    }
}
