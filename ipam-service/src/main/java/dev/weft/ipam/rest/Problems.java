package dev.weft.ipam.rest;

import dev.weft.bus.rest.ProblemAnswers;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that goes wrong in a request, as problem details of RFC 9457. */
class Problems {

    private static final ProblemAnswers IPAM = new ProblemAnswers("ipam");
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    @ServerExceptionMapper
    Response own(ApiException e, UriInfo here) {
        return IPAM.answer(
                switch (e) {
                    case ApiException.NotFound _ ->
                            IPAM.problem("not-found", "Does not exist", 404, e.getMessage());
                    case ApiException.BadParameter bad ->
                            IPAM.problem(
                                            "bad-parameter",
                                            "Parameter cannot be used",
                                            400,
                                            e.getMessage())
                                    .with("parameter", bad.parameter());
                    case ApiException.NotActive _ ->
                            IPAM.problem(
                                    "not-active", "Instance is not active", 503, e.getMessage());
                },
                here);
    }

    @ServerExceptionMapper
    Response limits(ConstraintViolationException e, UriInfo here) {
        var detail =
                e.getConstraintViolations().stream()
                        .map(
                                violation -> {
                                    var path = violation.getPropertyPath().toString();
                                    return path.substring(path.lastIndexOf('.') + 1)
                                            + " "
                                            + violation.getMessage();
                                })
                        .sorted()
                        .collect(Collectors.joining("; "));
        return IPAM.answer(
                IPAM.problem("bad-parameter", "Parameter cannot be used", 400, detail), here);
    }

    /** No such path, no such method and the like. */
    @ServerExceptionMapper
    Response framework(WebApplicationException e, UriInfo here) {
        return IPAM.framework(e, here);
    }

    /** Nothing of the inside is told. */
    @ServerExceptionMapper
    Response unexpected(RuntimeException e, UriInfo here) {
        LOG.error("{} {}", here.getPath(), e.toString(), e);
        return IPAM.answer(
                IPAM.problem(
                        "unavailable",
                        "Cannot be answered now",
                        503,
                        "the ledger cannot be asked now; try again"),
                here);
    }
}
