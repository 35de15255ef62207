package hub.doctor;

import java.util.List;

/**
 * One thing that was seen at one partner.
 *
 * @param code the sentences are {@code doctor.<code>} and, unless all is well, {@code doctor.<code>.do}
 * @param where the option or the address that it is about
 * @param values what the sentences say of it, in their order; never a credential
 */
public record Finding(String partner, Check check, Level level, String code, String where, List<String> values) {

    static Finding of(String partner, Check check, Level level, String code, String where, Object... values) {
        return new Finding(
                partner,
                check,
                level,
                code,
                where,
                List.of(values).stream().map(String::valueOf).toList());
    }
}
