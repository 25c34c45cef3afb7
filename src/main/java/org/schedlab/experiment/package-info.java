/** Many runs instead of one: batches, comparisons and sweeps, side by side and resumable. */
package org.schedlab.experiment;
