/**
 * The manifests as they are rendered, and the clients of the tests on a cluster.
 */
@NullMarked
package wsecho.deployment;

import org.jspecify.annotations.NullMarked;
