package dev.weft.node;

import dev.weft.node.CniClient.Container;

/**
 * A pod of a test.
 *
 * @param container what the runtime says of it, with its namespace
 * @param hostLink the name of its interface on the node
 */
record TestPod(Container container, String v4, String v6, String mac, String hostLink) {}
