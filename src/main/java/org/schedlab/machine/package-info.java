/** The hardware: CPUs with what they keep of the threads they ran, and devices. */
package org.schedlab.machine;
