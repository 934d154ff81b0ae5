package dev.weft.kube;

import java.util.List;
import java.util.stream.Collectors;

/** What became of reading annotations. */
public sealed interface Parsed<T> {

    /** All that was said was understood. */
    record Valid<T>(T value) implements Parsed<T> {}

    /** Some of it was not; everything that is wrong is listed. */
    record Refused<T>(List<AnnotationError> errors) implements Parsed<T> {

        public Refused {
            errors = List.copyOf(errors);
        }

        /** All errors in one line. */
        public String message() {
            return errors.stream().map(AnnotationError::toString).collect(Collectors.joining("; "));
        }
    }
}
