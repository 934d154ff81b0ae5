package dev.weft.kube.crd;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI schema of a record, from its components' types and their {@link Field} annotations.
 */
final class CrdSchema {

    private static final ObjectMapper JSON = new ObjectMapper();

    private CrdSchema() {}

    /** The schema of an object with the record's components as properties. */
    static JSONSchemaProps of(Class<?> type) {
        var properties = new LinkedHashMap<String, JSONSchemaProps>();
        var required = new ArrayList<String>();
        for (var component : type.getRecordComponents()) {
            if (component.getAccessor().isAnnotationPresent(JsonAnySetter.class)
                    || isUnknownFields(component)) {
                continue;
            }
            var field = component.getAnnotation(Field.class);
            if (field == null) {
                throw new IllegalStateException(
                        "%s.%s has no @Field".formatted(type.getName(), component.getName()));
            }
            var name = jsonName(component);
            properties.put(name, property(component.getGenericType(), field));
            if (field.required()) {
                required.add(name);
            }
        }
        return new JSONSchemaPropsBuilder()
                .withType("object")
                .withProperties(properties)
                .withRequired(required)
                .build();
    }

    private static boolean isUnknownFields(RecordComponent component) {
        return Map.class.equals(component.getType());
    }

    private static String jsonName(RecordComponent component) {
        var named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null ? component.getName() : named.value();
    }

    private static JSONSchemaProps property(Type type, Field field) {
        JSONSchemaPropsBuilder schema;
        if (type instanceof ParameterizedType list && List.class.equals(list.getRawType())) {
            schema =
                    new JSONSchemaPropsBuilder()
                            .withType("array")
                            .withNewItems()
                            .withSchema(
                                    constrain(plain(list.getActualTypeArguments()[0]), field)
                                            .build())
                            .endItems();
        } else {
            schema = constrain(plain(type), field);
        }
        schema.withDescription(field.value());
        if (!field.defaultValue().isEmpty()) {
            schema.withDefault(json(field.defaultValue()));
        }
        return schema.build();
    }

    private static JSONSchemaPropsBuilder plain(Type type) {
        if (type.equals(String.class)) {
            return new JSONSchemaPropsBuilder().withType("string");
        } else if (type.equals(Boolean.class)) {
            return new JSONSchemaPropsBuilder().withType("boolean");
        } else if (type.equals(Integer.class)) {
            return new JSONSchemaPropsBuilder().withType("integer").withFormat("int32");
        } else if (type.equals(Long.class)) {
            return new JSONSchemaPropsBuilder().withType("integer").withFormat("int64");
        } else if (type.equals(BigInteger.class)) {
            // may exceed 2^63, which an "integer" of the API server cannot
            return new JSONSchemaPropsBuilder().withType("number");
        } else if (type.equals(LabelSelector.class)) {
            return labelSelector();
        } else if (type instanceof Class<?> record && record.isRecord()) {
            return new JSONSchemaPropsBuilder(of(record));
        }
        throw new IllegalStateException("no schema for " + type);
    }

    private static JSONSchemaPropsBuilder constrain(JSONSchemaPropsBuilder schema, Field field) {
        for (var allowed : field.allowed()) {
            schema.addToEnum(JSON.getNodeFactory().textNode(allowed));
        }
        if (!field.pattern().isEmpty()) {
            schema.withPattern(field.pattern());
        }
        if (field.min() != Long.MIN_VALUE) {
            schema.withMinimum((double) field.min());
        }
        if (field.max() != Long.MAX_VALUE) {
            schema.withMaximum((double) field.max());
        }
        if (!field.format().isEmpty()) {
            schema.withFormat(field.format());
        }
        return schema;
    }

    private static JSONSchemaPropsBuilder labelSelector() {
        return new JSONSchemaPropsBuilder()
                .withType("object")
                .addToProperties(
                        "matchLabels",
                        new JSONSchemaPropsBuilder()
                                .withType("object")
                                .withDescription("Labels that must all be there.")
                                .withNewAdditionalProperties()
                                .withSchema(string(null))
                                .endAdditionalProperties()
                                .build())
                .addToProperties(
                        "matchExpressions",
                        new JSONSchemaPropsBuilder()
                                .withType("array")
                                .withDescription("Requirements that must all be met.")
                                .withNewItems()
                                .withSchema(requirement())
                                .endItems()
                                .build());
    }

    private static JSONSchemaProps requirement() {
        return new JSONSchemaPropsBuilder()
                .withType("object")
                .withRequired("key", "operator")
                .addToProperties("key", string("The label."))
                .addToProperties(
                        "operator",
                        new JSONSchemaPropsBuilder(
                                        string("How the label's value relates to values."))
                                .addToEnum(
                                        json("\"In\""),
                                        json("\"NotIn\""),
                                        json("\"Exists\""),
                                        json("\"DoesNotExist\""))
                                .build())
                .addToProperties(
                        "values",
                        new JSONSchemaPropsBuilder()
                                .withType("array")
                                .withDescription("The values; empty for Exists and DoesNotExist.")
                                .withNewItems()
                                .withSchema(string(null))
                                .endItems()
                                .build())
                .build();
    }

    private static JSONSchemaProps string(@Nullable String description) {
        return new JSONSchemaPropsBuilder().withType("string").withDescription(description).build();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not JSON: " + text, e);
        }
    }
}
