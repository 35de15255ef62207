package hub.partner;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Wrong options of partners, as sentences instead of a stack trace. */
final class PartnerSettingsFailure extends AbstractFailureAnalyzer<PartnerSettingsException> {

    @Override
    protected FailureAnalysis analyze(Throwable root, PartnerSettingsException failure) {
        return new FailureAnalysis(
                failure.getMessage(),
                "Mend hub.partners in application.yaml, on the command line or in the environment, and start again.",
                failure);
    }
}
