package org.schedlab.kernel;

import org.schedlab.kernel.memory.MemoryConfig;
import org.schedlab.machine.Mmu;

/**
 * What a kernel is told of memory.
 *
 * @param mmu what each CPU's memory management unit is built from
 * @param memory how memory is managed; null where loads and stores are not translated
 * @param swapDevice the device that swap space lies on; -1 where memory is null
 * @param transferNanos how long the device takes for one page
 */
public record PagingConfig(
    Mmu.Shape mmu, MemoryConfig memory, int swapDevice, long transferNanos) {}
