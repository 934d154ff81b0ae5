@NullMarked
package dev.weft.ovsdb;

import org.jspecify.annotations.NullMarked;
