/** Says of each partner whether it can be worked with now: name, port, certificate, clock, credentials, budget. */
@NullMarked
package hub.doctor;

import org.jspecify.annotations.NullMarked;
