package dev.weft.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives tests the one node, which starts before the first that asks and ends after the last. */
final class SharedNode implements ParameterResolver {
    private static final Namespace STORE = Namespace.create(SharedNode.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == NodeUnderTest.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(STORE)
                .computeIfAbsent("node", _ -> start(), NodeUnderTest.class);
    }

    private static NodeUnderTest start() {
        try {
            return NodeUnderTest.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
