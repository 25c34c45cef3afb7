package org.schedlab.kernel;

import java.util.List;
import java.util.Map;
import org.schedlab.program.MemorySizes;
import org.schedlab.program.SharedObject;
import org.schedlab.program.Variable;

/**
 * A process to be.
 *
 * @param variables its variables, in the order of their cells
 * @param memory the first values of the cells
 * @param workingSetBytes bytes of cache that its threads share; 0 for none
 * @param objects what its threads wait at for each other
 * @param claims how many units of each resource it will hold at most
 */
public record ProcessPlan(
    String name,
    List<Variable> variables,
    long[] memory,
    long workingSetBytes,
    MemorySizes sizes,
    List<SharedObject> objects,
    Map<String, Long> claims,
    List<ThreadPlan> threads) {}
