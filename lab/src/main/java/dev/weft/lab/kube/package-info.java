/**
 * Finding and describing the lab's Kubernetes API: binaries, certificates, kubeconfig, the embedded
 * server.
 */
@NullMarked
package dev.weft.lab.kube;

import org.jspecify.annotations.NullMarked;
