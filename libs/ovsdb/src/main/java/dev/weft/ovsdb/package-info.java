/**
 * A client for the Open vSwitch Database protocol (RFC 7047 and the extensions of ovsdb-server(7)).
 */
@NullMarked
package dev.weft.ovsdb;

import org.jspecify.annotations.NullMarked;
