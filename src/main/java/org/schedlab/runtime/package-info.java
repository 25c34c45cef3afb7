/** User space: what schedules coroutines in a thread, without the kernel. */
package org.schedlab.runtime;
