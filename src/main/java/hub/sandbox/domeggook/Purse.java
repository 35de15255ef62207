package hub.sandbox.domeggook;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hub.sandbox.SandboxStore;

/** The prepaid e-money of the one member, in won; nobody but a cancelled order fills it up. */
record Purse(SandboxStore store) {

    static final String KIND = "purse";
    static final String ID = "emoney";
    private static final long AT_FIRST = 1_000_000_000;

    long won() {
        return store.get(KIND, ID).map(purse -> purse.path("won").asLong()).orElse(AT_FIRST);
    }

    /** @throws RefusedException when there is less than {@code won}; nothing is taken then */
    void need(long won) {
        if (won() < won) {
            throw new RefusedException("LACK_EMONEY", "e-money 잔액이 부족합니다.");
        }
    }

    /** @param won less than zero to give back */
    void take(long won) {
        store.put(KIND, ID, Loose.object().put("won", won() - won));
    }

    /** {@code getMyAsset} 1.0. */
    ObjectNode answer() {
        ObjectNode answer = Loose.object().put("result", "true");
        String won = Long.toString(won());
        answer.putObject("data")
                .put("currPoint", "0")
                .putObject("currEmoney")
                .put("total", won)
                .put("cash", won);
        return answer;
    }
}
