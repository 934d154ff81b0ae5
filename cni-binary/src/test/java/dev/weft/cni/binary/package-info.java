@org.jspecify.annotations.NullMarked
package dev.weft.cni.binary;
