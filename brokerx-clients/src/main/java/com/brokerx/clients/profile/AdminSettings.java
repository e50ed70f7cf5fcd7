package com.brokerx.clients.profile;

/**
 * An administrator's account that is made at the start, unless there is one with this address.
 *
 * @param email the address; mail to it has to arrive, since signing in needs a code. No account is made while it is empty
 * @param password used only when the account is made
 * @param name as it is shown; Administrator if left out
 */
public record AdminSettings(String email, String password, String name) {

    public static final AdminSettings NONE = new AdminSettings(null, null, null);

    public AdminSettings {
        name = name == null ? "Administrator" : name;
    }

    public boolean isWanted() {
        return email != null && !email.isBlank();
    }
}
