package dev.weft.node.ovs;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;

class AttachmentProperties {
    @Property
    void namesFitTheKernel(
            @ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 80) String containerId,
            @ForAll @AlphaChars @NumericChars @StringLength(min = 1, max = 15) String ifName) {
        assertThat(Attachment.hostLink(containerId, ifName))
                .hasSizeBetween(1, 15)
                .matches("[A-Za-z0-9_]+");
    }
}
