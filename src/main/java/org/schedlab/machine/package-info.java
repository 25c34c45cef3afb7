/**
 * The hardware: CPUs with what they keep of the threads they ran, memory and its translation, and
 * devices.
 */
package org.schedlab.machine;
