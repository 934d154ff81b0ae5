package dev.weft.vpc;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Where {@link Surroundings} puts its feeds. */
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@interface FeedsOfTheTest {}
