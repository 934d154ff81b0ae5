/** Makes the column constants from the installed schemas, and checks them against these. */
@NullMarked
package dev.weft.ovn.schema;

import org.jspecify.annotations.NullMarked;
