package dev.weft.bus;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Problem details of RFC 9457; {@link dev.weft.bus.rest.ProblemAnswers} makes answers of them.
 *
 * @param type what kind of problem, such as {@code urn:problem:ipam:address-taken}
 * @param title the kind in words, the same for every occurrence
 * @param status the HTTP status
 * @param detail this occurrence in words: field, value, remedy
 * @param instance the request's path
 * @param facts extension members, beside the others in the JSON object
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        URI type,
        String title,
        int status,
        @Nullable String detail,
        @Nullable URI instance,
        @JsonAnyGetter Map<String, Object> facts) {

    /** The media type of the JSON form. */
    public static final String MEDIA_TYPE = "application/problem+json";

    public Problem {
        facts = Map.copyOf(facts);
    }

    /** A problem {@code urn:problem:<service>:<slug>} without extension members. */
    public static Problem of(
            String service, String slug, String title, int status, @Nullable String detail) {
        return new Problem(
                URI.create("urn:problem:" + service + ":" + slug),
                title,
                status,
                detail,
                null,
                Map.of());
    }

    /** The same at this request path. */
    public Problem at(URI path) {
        return new Problem(type, title, status, detail, path, facts);
    }

    /** The same with one more extension member. */
    public Problem with(String name, Object value) {
        var more = new java.util.HashMap<>(facts);
        more.put(name, value);
        return new Problem(type, title, status, detail, instance, more);
    }
}
