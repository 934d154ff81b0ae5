/** Several nodes on one machine, with the real OVN, OVS, PostgreSQL, broker and Kubernetes API. */
@NullMarked
package dev.weft.lab;

import org.jspecify.annotations.NullMarked;
