package dev.weft.kube.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.weft.kube.crd.Field;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a status's {@code conditions}.
 *
 * @param type {@code Ready}, {@code Validated}, {@code Init} or {@code Error}
 * @param status {@code True}, {@code False} or {@code Unknown}
 */
@JsonInclude(Include.NON_EMPTY)
public record Condition(
        @Field(
                        value = "What the condition is about: Ready, Validated, Init or Error.",
                        required = true)
                String type,
        @Field(
                        value = "Whether the condition holds.",
                        allowed = {"True", "False", "Unknown"},
                        required = true)
                String status,
        @Field("A word for programs that says why the status is what it is.")
                @Nullable String reason,
        @Field("A sentence for people.") @Nullable String message,
        @Field("The metadata.generation that the condition is about.")
                @Nullable Long observedGeneration,
        @Field(value = "When the entry was last written.", format = "date-time")
                @Nullable String lastUpdateTime,
        @Field(value = "When the status last changed.", format = "date-time")
                @Nullable String lastTransitionTime) {

    /** The object is served as its spec says. */
    public static final String READY = "Ready";

    /** The spec was checked and may be acted upon. */
    public static final String VALIDATED = "Validated";

    /** The last attempt to act on the spec failed. */
    public static final String ERROR = "Error";

    /** Whether the status is {@code True}. */
    public boolean holds() {
        return "True".equals(status);
    }
}
