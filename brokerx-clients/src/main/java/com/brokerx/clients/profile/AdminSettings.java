package com.brokerx.clients.profile;

import jakarta.validation.constraints.NotBlank;

/**
 * An administrator's account that is made at the start, unless there is one with this address.
 *
 * @param email the address; mail to it has to arrive, since signing in needs a code
 * @param password used only when the account is made
 * @param name as it is shown; Administrator if left out
 */
public record AdminSettings(
        @NotBlank String email, @NotBlank String password, String name) {

    public AdminSettings {
        name = name == null ? "Administrator" : name;
    }
}
