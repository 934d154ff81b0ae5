package dev.weft.kube.crd;

import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One column of {@code kubectl get}; a kind lists its columns in the order in which they are
 * printed.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(PrinterColumn.List.class)
public @interface PrinterColumn {

    /** The heading. */
    String name();

    /** Where the value is, for example {@code .spec.vpc}. */
    String path();

    /** {@code string}, {@code boolean}, {@code number}, {@code integer} or {@code date}. */
    String type() default "string";

    /** All columns of a kind. */
    @Target(ElementType.TYPE)
    @Retention(RetentionPolicy.RUNTIME)
    @interface List {
        /** The columns in order. */
        PrinterColumn[] value();
    }
}
