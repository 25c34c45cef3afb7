/** The kernel: processes, threads, their life and the interface of scheduling policies. */
package org.schedlab.kernel;
