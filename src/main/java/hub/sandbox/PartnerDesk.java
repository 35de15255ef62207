package hub.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands calls to the simulators, breaks them as the faults say, and writes down what was true. Thread-safe. */
final class PartnerDesk {

    private static final Logger LOG = LoggerFactory.getLogger(PartnerDesk.class);
    private static final byte[] PAGE =
            "<!DOCTYPE html><html><head><title>서비스 점검 안내</title></head><body><h1>시스템 점검 중입니다</h1></body></html>\n"
                    .getBytes(StandardCharsets.UTF_8);

    private final SandboxClock clock;
    private final Faults faults;
    private final Journal journal;
    private final Executor later;

    PartnerDesk(SandboxClock clock, Faults faults, Journal journal, Executor later) {
        this.clock = clock;
        this.faults = faults;
        this.journal = journal;
        this.later = later;
    }

    /** Serves one call; returns whether the connection can carry another. */
    boolean serve(Simulator simulator, Call call, Wire wire) throws IOException {
        Visit visit = visit(simulator, call);
        Optional<Fault> fault = visit.hit.wire();
        if (fault.isPresent()) {
            return broken(visit, fault.get(), wire);
        }
        return whole(visit, visit.handle(), wire);
    }

    private Visit visit(Simulator simulator, Call call) {
        Instant at = clock.now();
        String operation = operation(simulator, call.request(at, Set.of()));
        Faults.Hit hit = faults.hit(simulator.partner(), operation);
        return new Visit(simulator, call, operation, hit, at, System.nanoTime());
    }

    private static String operation(Simulator simulator, Request request) {
        try {
            return simulator.operation(request);
        } catch (RuntimeException e) {
            LOG.warn("{} cannot tell the operation of a {}", simulator.partner(), request.method(), e);
            return "unknown";
        }
    }

    private boolean broken(Visit visit, Fault fault, Wire wire) throws IOException {
        switch (fault.name()) {
            case "latency" -> {
                wire.pause(fault.ms());
                return whole(visit, visit.handle(), wire);
            }
            case "429" -> {
                return whole(visit, refusal(visit, fault), wire);
            }
            case "5xx" -> {
                return whole(visit, visit.simulator.gateway(fault.statusOr(503)), wire);
            }
            case "5xx-after" -> {
                Answer done = visit.handle();
                Answer lie = visit.simulator.gateway(fault.statusOr(503));
                return whole(visit, lie.did(done.effect(), done.ref()), wire);
            }
            case "html-error" -> {
                Map<String, String> html = Map.of("Content-Type", "text/html; charset=utf-8");
                return whole(visit, new Answer(200, html, PAGE, "", ""), wire);
            }
            case "accept-late" -> {
                return late(visit, fault, wire);
            }
            default -> {
                cut(visit, fault, wire);
                return false;
            }
        }
    }

    /** The faults that end the connection. */
    private void cut(Visit visit, Fault fault, Wire wire) throws IOException {
        switch (fault.name()) {
            case "reset" -> {
                journal.write(visit.entry(Answer.text(0, ""), false));
                wire.reset();
            }
            case "drop-reply" -> journal.write(visit.entry(visit.handle(), false));
            case "truncate" -> {
                Answer answer = visit.handle();
                journal.write(visit.entry(answer, false));
                wire.sendHalf(visit.call, answer);
            }
            case "slow" -> {
                Answer answer = visit.handle();
                sent(visit, answer, () -> wire.sendSlowly(visit.call, answer));
            }
            default -> throw new IllegalStateException("fault " + fault.name());
        }
    }

    private static Answer refusal(Visit visit, Fault fault) {
        Answer refusal = visit.simulator.gateway(fault.statusOr(429));
        if (fault.retryAfter().isEmpty()) {
            return refusal;
        }
        Map<String, String> headers = new LinkedHashMap<>(refusal.headers());
        headers.put("Retry-After", fault.retryAfter());
        return new Answer(refusal.status(), headers, refusal.body(), "", "");
    }

    private boolean late(Visit visit, Fault fault, Wire wire) throws IOException {
        int status = fault.statusOr(504);
        CompletableFuture.delayedExecutor(fault.ms(), TimeUnit.MILLISECONDS, later)
                .execute(() -> {
                    Answer done = visit.handle();
                    Answer sent = Answer.text(status, "").did(done.effect(), done.ref());
                    journal.write(visit.entry(sent, true));
                });
        wire.send(visit.call, visit.simulator.gateway(status));
        return visit.call.lasting();
    }

    private boolean whole(Visit visit, Answer answer, Wire wire) throws IOException {
        sent(visit, answer, () -> wire.send(visit.call, answer));
        return visit.call.lasting();
    }

    /** Journal first: the caller may read it as soon as it has the reply. */
    private void sent(Visit visit, Answer answer, Sending sending) throws IOException {
        long seq = journal.write(visit.entry(answer, true));
        try {
            sending.send();
        } catch (IOException e) {
            journal.write(visit.lost(seq, clock.now()));
            throw e;
        }
    }

    private interface Sending {
        void send() throws IOException;
    }

    /** One call on its way through the desk. */
    private record Visit(Simulator simulator, Call call, String operation, Faults.Hit hit, Instant at, long fromNanos) {

        Answer handle() {
            try {
                return simulator.answer(call.request(at, hit.content()));
            } catch (RuntimeException e) {
                LOG.error("{} failed at {}", simulator.partner(), operation, e);
                return simulator.gateway(500);
            }
        }

        Journal.Entry entry(Answer answer, boolean answered) {
            return new Journal.Entry(
                    at,
                    simulator.partner(),
                    operation,
                    call.method(),
                    call.path(),
                    answer.status(),
                    answer.ref(),
                    answer.effect(),
                    hit.names(),
                    answered,
                    (System.nanoTime() - fromNanos) / 1_000_000);
        }

        /** Corrects the line of a call whose caller had gone; not a call of its own. */
        Journal.Entry lost(long seq, Instant now) {
            return new Journal.Entry(
                    now,
                    simulator.partner(),
                    "reply-lost",
                    call.method(),
                    call.path(),
                    0,
                    Long.toString(seq),
                    "",
                    "",
                    false,
                    0);
        }
    }
}
