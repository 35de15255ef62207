package hub.sandbox.ownerclan;

import hub.sandbox.Answer;
import hub.sandbox.Request;
import hub.sandbox.SandboxClock;
import hub.sandbox.SandboxOptions;
import hub.sandbox.SandboxStore;
import hub.sandbox.Simulator;

/** Ownerclan. */
public final class OwnerclanSimulator implements Simulator {

    public OwnerclanSimulator(SandboxOptions options, SandboxClock clock, SandboxStore store) {}

    @Override
    public String partner() {
        return "ownerclan";
    }

    @Override
    public String operation(Request request) {
        return "auth";
    }

    @Override
    public Answer answer(Request request) {
        return Answer.text(200, "");
    }
}
