/**
 * Folds over the trace: what a run comes to in numbers. Each sink answers one question; {@link
 * org.schedlab.metrics.RunMetrics} asks all of them at once. Times are nanoseconds.
 */
package org.schedlab.metrics;
