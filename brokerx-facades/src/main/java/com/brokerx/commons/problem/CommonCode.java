package com.brokerx.commons.problem;

/** The codes that every service may answer with. */
public enum CommonCode implements Code {
    MALFORMED_JSON(400, "The body is not well-formed JSON"),
    BAD_REQUEST(400, "The request cannot be understood"),
    IDEMPOTENCY_KEY_REQUIRED(400, "This call needs the header Idempotency-Key"),
    UNAUTHORIZED(401, "Credentials are missing or not valid"),
    FORBIDDEN(403, "You may not do this"),
    NOT_FOUND(404, "There is nothing here for you"),
    METHOD_NOT_ALLOWED(405, "This path does not know that method"),
    NOT_ACCEPTABLE(406, "None of the accepted media types can be served"),
    VERSION_CONFLICT(409, "The resource has changed since you read it"),
    IDEMPOTENCY_KEY_CONFLICT(409, "This idempotency key was used with another request"),
    PAYLOAD_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body has to be application/json"),
    UNKNOWN_FIELD(422, "The body has a field that this endpoint does not know"),
    VALIDATION_FAILED(422, "Some values are missing or not valid"),
    INVALID_IDEMPOTENCY_KEY(422, "An idempotency key has 1 to 255 printable characters"),
    UPGRADE_REQUIRED(426, "This path speaks another protocol"),
    RATE_LIMITED(429, "Too many requests"),
    HEADERS_TOO_LARGE(431, "The request's headers are too large"),
    INTERNAL_ERROR(500, "Something went wrong on our side"),
    SERVICE_UNAVAILABLE(503, "A service that this depends on is not available");

    private final int status;
    private final String title;

    CommonCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }

    /** The code for a bare HTTP status, as servlet containers and Jersey produce them. */
    public static CommonCode ofStatus(int status) {
        return switch (status) {
            case 401 -> UNAUTHORIZED;
            case 403 -> FORBIDDEN;
            case 404 -> NOT_FOUND;
            case 405 -> METHOD_NOT_ALLOWED;
            case 406 -> NOT_ACCEPTABLE;
            case 413 -> PAYLOAD_TOO_LARGE;
            case 415 -> UNSUPPORTED_MEDIA_TYPE;
            case 422 -> VALIDATION_FAILED;
            case 426 -> UPGRADE_REQUIRED;
            case 429 -> RATE_LIMITED;
            case 431 -> HEADERS_TOO_LARGE;
            case 503 -> SERVICE_UNAVAILABLE;
            default -> status >= 500 ? INTERNAL_ERROR : BAD_REQUEST;
        };
    }
}
