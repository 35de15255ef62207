package hub.console;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.web.servlet.i18n.CookieLocaleResolver;
import org.springframework.web.servlet.i18n.LocaleChangeInterceptor;

/** Korean, unless {@code ?lang=en} was chosen before, or else the browser prefers English. */
final class Language extends CookieLocaleResolver {

    Language() {
        super("lang");
        setCookieHttpOnly(true);
        setCookieSameSite("Strict");
        setRejectInvalidCookies(false);
        setDefaultLocaleFunction(Language::preferred);
    }

    @Override
    protected Locale parseLocaleValue(String value) {
        return of(value);
    }

    private static Locale preferred(HttpServletRequest request) {
        return request.getHeader("Accept-Language") == null
                ? Locale.KOREAN
                : of(request.getLocale().getLanguage());
    }

    private static Locale of(String language) {
        return language.equals("en") ? Locale.ENGLISH : Locale.KOREAN;
    }

    /** Follows {@code ?lang=}. */
    static final class Switch extends LocaleChangeInterceptor {

        Switch() {
            setParamName("lang");
        }

        @Override
        protected Locale parseLocaleValue(String value) {
            return of(value);
        }
    }
}
