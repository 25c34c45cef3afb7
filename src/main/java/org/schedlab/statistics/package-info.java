/** Numbers from repeated runs: means with intervals, paired differences, corrected tests. */
package org.schedlab.statistics;
