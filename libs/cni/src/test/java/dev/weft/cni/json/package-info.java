@org.jspecify.annotations.NullMarked
package dev.weft.cni.json;
