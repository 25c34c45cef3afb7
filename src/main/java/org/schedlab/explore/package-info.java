/**
 * All schedules of a few threads: what programs come to whatever the order of their operations. It
 * knows no time, no kernel and no files; a step is one operation that other threads can observe.
 */
package org.schedlab.explore;
