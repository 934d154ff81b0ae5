/** What proves that a lab works: measured connectivity. */
@NullMarked
package dev.weft.lab.check;

import org.jspecify.annotations.NullMarked;
