/**
 * One class per part of the lab: the underlay, OVN central, nodes, PostgreSQL, the broker, the
 * Kubernetes API, our services.
 */
@NullMarked
package dev.weft.lab.part;

import org.jspecify.annotations.NullMarked;
