package dev.weft.bus.rest;

import dev.weft.bus.Problem;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Problem details (RFC 9457) as the answers of one service. Its {@code @ServerExceptionMapper}s say
 * which exception is which problem.
 *
 * @param service as in the problems' types: {@code ipam}
 */
public record ProblemAnswers(String service) {
    private static final int UNAVAILABLE = 503;

    /** The problem {@code urn:problem:<service>:<slug>}, see {@link Problem#of}. */
    public Problem problem(String slug, String title, int status, @Nullable String detail) {
        return Problem.of(service, slug, title, status, detail);
    }

    /** The answer to this request; a client may ask again a second after a 503. */
    public Response answer(Problem problem, UriInfo here) {
        var path = URI.create(here.getRequestUri().getRawPath());
        var response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem.at(path));
        if (problem.status() == UNAVAILABLE) response.header("Retry-After", 1);
        return response.build();
    }

    /** What the framework refuses: no such path, no such method and the like. */
    public Response framework(WebApplicationException e, UriInfo here) {
        int status = e.getResponse().getStatus();
        var title = e.getResponse().getStatusInfo().getReasonPhrase();
        return answer(problem("http-" + status, title, status, null), here);
    }
}
