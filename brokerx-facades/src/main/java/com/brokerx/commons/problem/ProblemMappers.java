package com.brokerx.commons.problem;

import com.brokerx.commons.database.Database;
import com.brokerx.commons.problem.Problem.FieldError;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.dropwizard.jersey.validation.JerseyViolationException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.io.CharConversionException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import org.glassfish.jersey.server.ParamException;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where exceptions become {@link Problem}s. */
public final class ProblemMappers {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemMappers.class);
    private static final Duration DATABASE_RETRY = Duration.ofSeconds(2);

    private ProblemMappers() {}

    public static void register(JerseyEnvironment jersey) {
        jersey.register(new Thrown());
        jersey.register(new Violation());
    }

    /** One mapper for everything, so that no more specific one of a library answers in its own format. */
    private static final class Thrown implements ExceptionMapper<Throwable> {
        @Override
        public Response toResponse(Throwable thrown) {
            return problemOf(thrown).toResponse();
        }
    }

    /** Jersey brings a mapper of its own for the parent of this type, which would win over {@link Thrown}. */
    private static final class Violation implements ExceptionMapper<ConstraintViolationException> {
        @Override
        public Response toResponse(ConstraintViolationException violation) {
            return problemOf(violation).toResponse();
        }
    }

    static Problem problemOf(Throwable thrown) {
        return switch (thrown) {
            case ProblemException known -> known.problem();
            case UnavailableException unavailable -> unavailable.toProblem();
            case ParamException parameter -> badParameter(parameter);
            case WebApplicationException http -> plainStatus(http);
            case JsonProcessingException json -> badJson(json);
            case JerseyViolationException violation -> violated(violation);
            case JdbiException database
            when Database.isUnreachable(database) || Database.isContended(database) -> databaseDown(database);
            case JdbiException database
            when Database.isUnstorable(database) ->
                Problem.of(
                        CommonCode.VALIDATION_FAILED,
                        "a text holds the character U+0000, or a time is out of all proportion");
            case CharConversionException encoding -> Problem.of(CommonCode.MALFORMED_JSON, "the body is not UTF-8");
            // Jetty wraps it, in different ways.
            case Throwable compressed
            when isCausedBy(compressed, ZipException.class) ->
                Problem.of(CommonCode.BAD_REQUEST, "the body is not compressed as its Content-Encoding says");
            default -> fault(thrown);
        };
    }

    private static boolean isCausedBy(Throwable thrown, Class<? extends Throwable> kind) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).anyMatch(kind::isInstance);
    }

    private static Problem badParameter(ParamException exception) {
        if (exception instanceof ParamException.PathParamException) {
            return Problem.of(CommonCode.NOT_FOUND, "there is no such resource");
        }
        return Problem.ofField(CommonCode.VALIDATION_FAILED, exception.getParameterName(), "is not valid");
    }

    private static Problem plainStatus(WebApplicationException exception) {
        Response response = exception.getResponse();
        if (response.getStatus() >= 500) {
            LOG.error("request failed with {}", response.getStatus(), exception);
        }
        // Jersey wraps what the body's reader threw.
        if (exception.getCause() instanceof JsonProcessingException json) {
            return badJson(json);
        }
        CommonCode code = CommonCode.ofStatus(response.getStatus());
        Problem problem = Problem.of(code, code.title());
        String allow = response.getHeaderString("Allow");
        return allow == null ? problem : problem.withHeader("Allow", allow);
    }

    private static Problem badJson(JsonProcessingException exception) {
        return switch (exception) {
            // Our own readers' refusals reach us through Jackson.
            case JsonMappingException wrapped when wrapped.getCause() instanceof ProblemException own -> own.problem();
            case UnrecognizedPropertyException unknown ->
                Problem.ofField(CommonCode.UNKNOWN_FIELD, pathOf(unknown), "is not known here");
            case InvalidFormatException format
            when format.getOriginalMessage().contains("has to be") ->
                Problem.ofField(CommonCode.VALIDATION_FAILED, pathOf(format), ownMessage(format));
            case InputCoercionException number -> Problem.of(CommonCode.VALIDATION_FAILED, "a number is out of range");
            case ValueInstantiationException refused
            when isOwnMessage(refused) ->
                Problem.ofField(
                        CommonCode.VALIDATION_FAILED,
                        pathOf(refused),
                        refused.getCause().getMessage());
            case JsonMappingException cause
            when cause.getCause() instanceof InputCoercionException ->
                Problem.ofField(CommonCode.VALIDATION_FAILED, pathOf(cause), "is out of range");
            case JsonMappingException cause
            when cause.getCause() instanceof StreamConstraintsException ->
                Problem.ofField(CommonCode.VALIDATION_FAILED, pathOf(cause), "is too long");
            case JsonMappingException wrapped
            when wrapped.getCause() instanceof JsonParseException syntax ->
                Problem.of(CommonCode.MALFORMED_JSON, "the body cannot be parsed" + place(syntax));
            case MismatchedInputException trailing
            when trailing.getOriginalMessage().startsWith("Trailing token") ->
                Problem.of(CommonCode.MALFORMED_JSON, "something follows the JSON document");
            case MismatchedInputException mismatch
            when mismatch.getPath().isEmpty() ->
                Problem.of(CommonCode.VALIDATION_FAILED, "the body has to be one JSON object");
            case JsonMappingException mapping
            when !mapping.getPath().isEmpty() ->
                Problem.ofField(CommonCode.VALIDATION_FAILED, pathOf(mapping), "is missing or has the wrong type");
            default -> Problem.of(CommonCode.MALFORMED_JSON, "the body cannot be parsed" + place(exception));
        };
    }

    /** Only messages that our own value types wrote may be shown. */
    private static boolean isOwnMessage(ValueInstantiationException exception) {
        return exception.getCause() instanceof IllegalArgumentException;
    }

    private static String ownMessage(InvalidFormatException exception) {
        String message = exception.getOriginalMessage();
        return message.substring(message.indexOf("has to be"));
    }

    private static String place(JsonProcessingException exception) {
        var location = exception.getLocation();
        return location == null ? "" : ": line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String pathOf(JsonMappingException exception) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : exception.getPath()) {
            if (step.getFieldName() == null) {
                path.append('[').append(step.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return path.isEmpty() ? "body" : path.toString();
    }

    private static Problem violated(JerseyViolationException exception) {
        List<FieldError> errors = exception.getConstraintViolations().stream()
                .map(violation -> new FieldError(fieldOf(violation), violation.getMessage()))
                .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::message))
                .toList();
        String detail = errors.stream().map(e -> e.field() + " " + e.message()).collect(Collectors.joining("; "));
        return new Problem(CommonCode.VALIDATION_FAILED, detail, errors, Map.of(), Map.of());
    }

    /** The path below the method's parameter, in snake_case as the caller wrote it. */
    private static String fieldOf(ConstraintViolation<?> violation) {
        StringBuilder path = new StringBuilder();
        int depth = 0;
        for (Path.Node node : violation.getPropertyPath()) {
            if (depth++ >= 2) {
                path.append(path.isEmpty() ? "" : ".").append(snakeCase(node.getName()));
            }
        }
        return path.isEmpty() ? "body" : path.toString();
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static Problem databaseDown(Throwable thrown) {
        LOG.warn("the database cannot be used", thrown);
        return new UnavailableException("the database", DATABASE_RETRY).toProblem();
    }

    private static Problem fault(Throwable thrown) {
        LOG.error("request failed", thrown);
        return Problem.of(
                CommonCode.INTERNAL_ERROR, "this is a fault of ours; the request id helps us to find what happened");
    }
}
