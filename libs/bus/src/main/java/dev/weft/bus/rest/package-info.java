/** What the services' HTTP interfaces have in common. */
@NullMarked
package dev.weft.bus.rest;

import org.jspecify.annotations.NullMarked;
