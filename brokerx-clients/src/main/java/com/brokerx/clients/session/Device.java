package com.brokerx.clients.session;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/**
 * Where a request comes from, as far as it can be told.
 *
 * @param address the caller's network address
 * @param userAgent what the program says it is; empty if it says nothing
 */
public record Device(String address, String userAgent) {

    private static final int LONGEST_USER_AGENT = 200;
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-fA-F:.]{2,45}");

    /**
     * Where {@code request} comes from.
     *
     * @param addressHeader trusted where it is present: the gateway sets it, and nobody else reaches the services
     */
    public static Device of(HttpServletRequest request, String addressHeader) {
        String forwarded = request.getHeader(addressHeader);
        String address =
                forwarded != null && ADDRESS.matcher(forwarded).matches() ? forwarded : request.getRemoteAddr();
        return new Device(address, printable(request.getHeader("User-Agent")));
    }

    private static String printable(String header) {
        if (header == null) {
            return "";
        }
        String clean = header.replaceAll("[^\\x20-\\x7e]", "?");
        return clean.substring(0, Math.min(clean.length(), LONGEST_USER_AGENT));
    }
}
