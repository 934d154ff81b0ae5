/**
 * Typed rows of OVN and Open vSwitch, their owners, and the engine that brings a database to what
 * an owner desires.
 */
@NullMarked
package dev.weft.ovn;

import org.jspecify.annotations.NullMarked;
