/** The words of the weft script: thin picocli commands over the lab's classes. */
@NullMarked
package dev.weft.lab.cli;

import org.jspecify.annotations.NullMarked;
