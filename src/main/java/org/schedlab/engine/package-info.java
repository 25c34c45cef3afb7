/** Simulated time: events, their order, and random numbers. Knows nothing of operating systems. */
package org.schedlab.engine;
