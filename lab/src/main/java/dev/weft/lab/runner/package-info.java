/**
 * What kubelet, scheduler and container runtime do for a pod, as far as its network is concerned.
 */
@NullMarked
package dev.weft.lab.runner;

import org.jspecify.annotations.NullMarked;
