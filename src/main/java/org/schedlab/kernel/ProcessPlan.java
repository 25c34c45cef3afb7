package org.schedlab.kernel;

import java.util.List;
import org.schedlab.program.MemorySizes;
import org.schedlab.program.Variable;

/**
 * A process to be.
 *
 * @param variables its variables, in the order of their cells
 * @param memory the first values of the cells
 * @param workingSetBytes bytes of cache that its threads share; 0 for none
 */
public record ProcessPlan(
    String name,
    List<Variable> variables,
    long[] memory,
    long workingSetBytes,
    MemorySizes sizes,
    List<ThreadPlan> threads) {}
