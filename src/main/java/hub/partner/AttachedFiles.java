package hub.partner;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;

/**
 * The files that calls to one partner attach: fetched where their owner keeps them, and made to fit. One that can never
 * be used is left out and told; one that cannot be had now keeps the call from being sent.
 */
final class AttachedFiles implements HttpRequests.Files {

    private final String partner;
    private final Http hosts;
    private final FileFitting fitting;

    AttachedFiles(String partner, Http hosts, FileFitting fitting) {
        this.partner = partner;
        this.hosts = hosts;
        this.fitting = fitting;
    }

    @Override
    public FileFitting.Fitted read(JsonNode file, Deadline deadline) throws IOException {
        try {
            return fitting.fit(partner, fetched(file.path("url").asText(), deadline));
        } catch (FileRefusedException e) {
            fitting.leftOut(partner, file, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    private byte[] fetched(String url, Deadline deadline) throws IOException {
        try {
            Incoming answer = hosts.send(new HttpUriRequestBase("GET", URI.create(url)), deadline);
            if (answer.status() == 200 && answer.body().length > 0) {
                return answer.body();
            }
            IOException cause = new IOException("status " + answer.status());
            throw isFinal(answer.status()) ? refused(url, cause) : unreadable(url, cause);
        } catch (AnswerRefusedException | PublicAddresses.PrivateAddressException | IllegalArgumentException e) {
            throw refused(url, e);
        } catch (FileRefusedException | FileUnreadableException e) {
            throw e;
        } catch (IOException e) {
            throw unreadable(url, e);
        }
    }

    /** Of what a host says of our request, all but "later" holds tomorrow, too. */
    private static boolean isFinal(int status) {
        return status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
    }

    private static IOException refused(String url, Exception e) {
        return new FileRefusedException(
                "the image " + url + " cannot be used: " + e.getMessage() + "; ask the supplier for another", e);
    }

    private static IOException unreadable(String url, Exception e) {
        return new FileUnreadableException("the image " + url + " cannot be read: " + e.getMessage(), e);
    }
}
