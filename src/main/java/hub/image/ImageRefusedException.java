package hub.image;

/** A picture that cannot be used. Final: the same bytes are refused again; another picture may pass. */
public final class ImageRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ImageProblem problem;

    ImageRefusedException(ImageProblem problem, String message) {
        super(message);
        this.problem = problem;
    }

    ImageRefusedException(ImageProblem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    public ImageProblem problem() {
        return problem;
    }
}
