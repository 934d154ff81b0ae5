/**
 * What the lab needs of the machine: processes with pid files, network namespaces, short commands,
 * waiting with a deadline.
 */
@NullMarked
package dev.weft.lab.host;

import org.jspecify.annotations.NullMarked;
