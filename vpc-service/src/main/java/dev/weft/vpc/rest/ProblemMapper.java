package dev.weft.vpc.rest;

import dev.weft.bus.Problem;
import dev.weft.vpc.northbound.Northbound.NotConnectedException;
import dev.weft.vpc.topology.Owners;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Turns what goes wrong into problem details. */
class ProblemMapper {

    @ServerExceptionMapper
    RestResponse<Problem> problem(VpcException e, UriInfo here) {
        return switch (e) {
            case VpcException.NoSuchObject _ ->
                    problem("no-such-object", "Object does not exist", 404, e, here);
            case VpcException.UnknownKind _ ->
                    problem("unknown-kind", "Kind is not served here", 404, e, here);
            case VpcException.NotAManifest _ ->
                    problem("not-a-manifest", "Body is not a manifest", 400, e, here);
        };
    }

    @ServerExceptionMapper
    RestResponse<Problem> problem(NotConnectedException e, UriInfo here) {
        return problem("not-connected", "OVN is not reached yet", 503, e, here);
    }

    private static RestResponse<Problem> problem(
            String slug, String title, int status, Exception e, UriInfo here) {
        var problem =
                Problem.of(Owners.SERVICE, slug, title, status, e.getMessage())
                        .at(URI.create(here.getRequestUri().getRawPath()));
        return RestResponse.ResponseBuilder.create(
                        RestResponse.Status.fromStatusCode(status), problem)
                .type(Problem.MEDIA_TYPE)
                .build();
    }
}
