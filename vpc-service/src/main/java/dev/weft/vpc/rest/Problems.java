package dev.weft.vpc.rest;

import dev.weft.bus.rest.ProblemAnswers;
import dev.weft.vpc.northbound.Northbound.NotConnectedException;
import dev.weft.vpc.topology.Owners;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What goes wrong in a request, as problem details. */
class Problems {

    private static final ProblemAnswers VPC = new ProblemAnswers(Owners.SERVICE);

    @ServerExceptionMapper
    Response own(VpcException e, UriInfo here) {
        var problem =
                switch (e) {
                    case VpcException.NoSuchObject _ ->
                            VPC.problem(
                                    "no-such-object", "Object does not exist", 404, e.getMessage());
                    case VpcException.UnknownKind _ ->
                            VPC.problem(
                                    "unknown-kind", "Kind is not served here", 404, e.getMessage());
                    case VpcException.NotAManifest _ ->
                            VPC.problem(
                                    "not-a-manifest",
                                    "Body is not a manifest",
                                    400,
                                    e.getMessage());
                };
        return VPC.answer(problem, here);
    }

    @ServerExceptionMapper
    Response notConnected(NotConnectedException e, UriInfo here) {
        return VPC.answer(
                VPC.problem("not-connected", "OVN is not reached yet", 503, e.getMessage()), here);
    }

    @ServerExceptionMapper
    Response framework(WebApplicationException e, UriInfo here) {
        return VPC.framework(e, here);
    }
}
