package dev.weft.kube.crd;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the OpenAPI schema says about one field of a kind. On a list the rules ({@link #allowed},
 * {@link #pattern}, {@link #min}, {@link #max}) are those of its items.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Field {

    /** What the field means, as {@code kubectl explain} prints it. */
    String value();

    /** The values that are allowed; empty for any. */
    String[] allowed() default {};

    /** A regular expression that the text must match; empty for any. */
    String pattern() default "";

    /** Smallest number allowed. */
    long min() default Long.MIN_VALUE;

    /** Largest number allowed. */
    long max() default Long.MAX_VALUE;

    /** Whether an object without this field is refused. */
    boolean required() default false;

    /** The value, as JSON, that the API server fills in; empty for none. */
    String defaultValue() default "";

    /** A format of OpenAPI such as {@code date-time}; empty for none. */
    String format() default "";
}
