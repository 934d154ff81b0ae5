@NullMarked
package dev.weft.ovsdb.session;

import org.jspecify.annotations.NullMarked;
