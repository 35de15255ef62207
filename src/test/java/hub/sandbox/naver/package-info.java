@NullMarked
package hub.sandbox.naver;

import org.jspecify.annotations.NullMarked;
