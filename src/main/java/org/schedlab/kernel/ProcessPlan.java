package org.schedlab.kernel;

import java.util.List;

/**
 * A process to be.
 *
 * @param memory the first values of its variables' cells
 * @param workingSetBytes bytes of cache that its threads share; 0 for none
 */
public record ProcessPlan(
    String name, long[] memory, long workingSetBytes, List<ThreadPlan> threads) {}
